// Read the cards of people below a root: their links, keys, lines and visible controls.
// Where no card is named, a card is the largest part around a link to somebody that has no link to
// anybody else. A line may be a link, or hold one whose own words are shorter.
(root, { card, within, line }) => {
  const PROFILE = 'a[href*="/in/"]';
  const who = (link) => new URL(link.href, location.href).pathname.split("/")[2] ?? "";
  const around = (link) => {
    let found = link;
    for (let above = link.parentElement; above && root.contains(above); above = above.parentElement) {
      if ([...above.querySelectorAll(PROFILE)].some((each) => who(each) !== who(link))) break;
      found = above;
    }
    return found;
  };
  // Words for screen readers only stand in a box of one pixel.
  const shown = (node) => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.height > 1 &&
      node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  let cards;
  if (card) cards = card.map((css) => [...root.querySelectorAll(css)].filter(shown)).find((all) => all.length) ?? [];
  else {
    const links = [...root.querySelectorAll(within)].flatMap((part) => [...part.querySelectorAll(PROFILE)]);
    cards = [...new Set(links.filter(shown).map(around))];
  }
  // Lists inside a card are of shared connections; what has nobody of its own holds cards.
  const holders = new Set(cards);
  const isOf = (holder) => (node) => {
    let above = node;
    while (above && !holders.has(above)) above = above.parentElement;
    return above === holder;
  };
  const all = (node, css) => [...node.querySelectorAll(css)].filter(isOf(node));
  for (const each of cards) {
    const isInside = cards.some((other) => each !== other && each.contains(other));
    if (isInside && !all(each, `${PROFILE}, ${line}`).length) holders.delete(each);
  }
  cards = cards.filter(
    (node) => holders.has(node) && ![...holders].some((each) => each !== node && each.contains(node)),
  );
  const clean = (text) => text.replace(/\s+/g, " ").trim();
  return cards.map((node) => ({
    links: all(node, "a[href]").map((each) => each.getAttribute("href")),
    keys: [node, ...all(node, "[componentkey], [id]")]
      .flatMap((each) => [each.getAttribute("componentkey"), each.id])
      .filter(Boolean),
    lines: all(node, line)
      .filter((each) => !each.parentElement.closest(line) && shown(each))
      .map((each) => {
        const inside = each.querySelector(PROFILE);
        const link = inside ?? each.closest(PROFILE);
        return {
          text: clean(each.innerText),
          link: link?.getAttribute("href") ?? null,
          name: clean((inside ?? each).innerText),
        };
      })
      .filter(({ text }) => text),
    controls: all(node, "a[href], button")
      .filter(shown)
      .map((each) => ({
        href: each.getAttribute("href") ?? "",
        key: each.getAttribute("componentkey") ?? "",
        label: each.getAttribute("aria-label") ?? "",
        icon: each.querySelector("svg[id]")?.id ?? "",
      })),
    image: all(node, "img[src^='http']")[0]?.src ?? null,
  }));
}
