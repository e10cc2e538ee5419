// Read the posts that a list shows, in its order, each once.
(root, { item, card, author, writer, words, unfold, facepile, urn, inside, counts }) => {
  const wordsIn = (box) => {
    const text = box?.innerText.trim() ?? "";
    const more = box?.querySelector(unfold)?.innerText.trim();
    return more && text.endsWith(more) ? text.slice(0, -more.length).trimEnd() : text;
  };
  const found = new Map();
  for (const node of root.querySelectorAll(item)) {
    if (!node.checkVisibility()) continue;
    // Comments and posts shared again have authors, words and figures of their own.
    const apart = (each) => {
      const aside = each.parentElement.closest(inside);
      return !aside || aside === node || !node.contains(aside);
    };
    // A text may hold any words.
    const own = (each) => !each.matches(inside) && apart(each) && !each.querySelector(inside);
    const first = (css) => [...node.querySelectorAll(css)].find(apart);
    const told = [...node.querySelectorAll(facepile)].map((each) => each.dataset.testid.match(urn)?.[0]);
    // Two names are somebody else's as well: better none than a wrong one.
    const name = node.dataset.urn ?? (new Set(told).size === 1 ? told[0] : "") ?? "";
    const keyed = node.matches(card) ? node : node.querySelector(card);
    const key = keyed?.getAttribute("componentkey") ?? "";
    const figures = (css) =>
      [...node.querySelectorAll(css)]
        .filter(own)
        .map((each) => each.innerText.trim())
        .filter((text) => /\p{N}/u.test(text) && text.length < 40);
    const href = first(author)?.getAttribute("href") ?? "";
    // The picture is linked as well as the name.
    const names = [...node.querySelectorAll(author)]
      .filter((each) => apart(each) && each.getAttribute("href") === href)
      .map((each) => (each.querySelector(writer) ?? each).innerText.trim());
    found.set(name || key, {
      key: name || key,
      urn: name,
      href,
      name: names.find(Boolean) ?? "",
      text: wordsIn(first(words)),
      counts: Object.fromEntries(Object.entries(counts).map(([of, css]) => [of, figures(css)])),
    });
  }
  return [...found.values()];
}
