// Find the visible nodes at the end of a path of selectors that begins at the document, open shadow
// roots included: what Playwright finds, and counts as visible, for the same path.
(path) => {
  const below = (root, css) => {
    const found = [...root.querySelectorAll(css)];
    if (root.shadowRoot) found.push(...below(root.shadowRoot, css));
    for (const host of root.querySelectorAll("*")) {
      if (host.shadowRoot) found.push(...below(host.shadowRoot, css));
    }
    return found;
  };
  const visible = (node) => {
    const box = node.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && node.checkVisibility({ visibilityProperty: true });
  };
  let nodes = [document.documentElement];
  for (const { css, texts, last } of path) {
    const found = new Set(nodes.flatMap((node) => below(node, css)));
    const fitting = [...found].filter(
      (node) => visible(node) && (!texts.length || texts.includes(node.textContent.trim())),
    );
    nodes = last ? fitting.slice(-1) : fitting;
  }
  return nodes;
}
