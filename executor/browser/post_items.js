// Read the posts that a list shows, in its order, each once.
(root, { item, card, author, words, facepile, urn }) => {
  const found = new Map();
  for (const node of root.querySelectorAll(item)) {
    if (!node.checkVisibility()) continue;
    const told = node.querySelector(facepile)?.dataset.testid ?? "";
    const name = node.dataset.urn ?? told.match(urn)?.[0] ?? "";
    const key = node.querySelector(card)?.getAttribute("componentkey") ?? "";
    const link = node.querySelector(author);
    found.set(name || key, {
      urn: name,
      href: link?.getAttribute("href") ?? "",
      text: node.querySelector(words)?.innerText.trim() ?? "",
    });
  }
  return [...found.values()];
}
