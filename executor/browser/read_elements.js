// Read, in one go, what is visible of each named element below a root. All candidates count: one
// that matches somebody else's control must not hide another that matches the right one.
(root, { elements }) => {
  const clipped = (node) => {
    for (let above = node.parentElement; above; above = above.parentElement) {
      const box = above.getBoundingClientRect();
      const cuts = getComputedStyle(above).overflow !== "visible";
      if (cuts && (box.width < 2 || box.height < 2)) return true;
    }
    return false;
  };
  const visible = (node) => {
    const box = node.getBoundingClientRect();
    return (
      box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth &&
      node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      !node.closest('[aria-hidden="true"], [inert]') && !clipped(node)
    );
  };
  const describe = (node) => ({
    href: node.getAttribute("href"),
    key: node.getAttribute("componentkey"),
    label: node.getAttribute("aria-label"),
    text: (node.innerText || "").trim(),
  });
  const result = {};
  for (const { name, candidates } of elements) {
    const found = new Set();
    for (const { css, texts } of candidates) {
      for (const node of root.querySelectorAll(css)) {
        // A menu item's words may have an explanation below them.
        const words = node.innerText.trim();
        const worded =
          !texts.length || texts.includes(words) || texts.includes(words.split("\n")[0].trim());
        if (worded && visible(node)) found.add(node);
      }
    }
    result[name] = [...found].map(describe);
  }
  return result;
}
