// Read the comments below a post that the server knows, in the page's order, each once.
(root, { item, words, unfold, author, name, reply, picture, reactions, urn }) => {
  const urnOf = (node) =>
    (node?.dataset.id || node?.getAttribute("componentkey") || "").match(urn)?.[0] ?? "";
  const start = (node) => {
    const { left, right } = node.getBoundingClientRect();
    return getComputedStyle(node).direction === "rtl" ? innerWidth - right : left;
  };
  const wordsIn = (box) => {
    const text = (box?.innerText ?? "").replaceAll("\u00a0", " ");
    const more = box?.querySelector(unfold)?.innerText.trim();
    const end = text.trimEnd();
    return more && end.endsWith(more) ? end.slice(0, -more.length).trimEnd() : text;
  };
  const found = new Map();
  for (const node of root.querySelectorAll(item)) {
    const own = urnOf(node);
    // Answers may stand inside what they answer, and have the same parts.
    const parts = (css) =>
      [...node.querySelectorAll(css)].filter((each) => urnOf(each.closest(item)) === own);
    const links = parts(author).filter((each) => !each.closest(words));
    const names = links.map((each) => (each.querySelector(name) ?? each).innerText.trim());
    const above = urnOf(node.parentElement.closest(item));
    const told = {
      urn: own,
      href: links[0]?.getAttribute("href") ?? "",
      name: names.find(Boolean) ?? "",
      text: wordsIn(parts(words)[0]),
      reactions: parts(reactions).map((each) => each.innerText.trim()),
      parent: above === own ? "" : above,
      is_reply: node.matches(reply),
      indent: start(parts(picture)[0] ?? links[0] ?? node),
    };
    // React draws some twice, one of them empty (2026-08).
    if (own && !found.get(own)?.text) found.set(own, told);
  }
  return [...found.values()];
}
