// Read, in one go, what is visible of each named element below a root.
(root, { elements }) => {
  const visible = (node) => {
    const box = node.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(node).visibility === "visible";
  };
  const describe = (node) => ({
    href: node.getAttribute("href"),
    key: node.getAttribute("componentkey"),
    label: node.getAttribute("aria-label"),
    text: (node.innerText || "").trim(),
  });
  const result = {};
  for (const { name, candidates } of elements) {
    result[name] = [];
    for (const { css, texts } of candidates) {
      const found = [...root.querySelectorAll(css)].filter(
        (node) => visible(node) && (!texts.length || texts.includes(node.innerText.trim())),
      );
      if (found.length) {
        result[name] = found.map(describe);
        break;
      }
    }
  }
  return result;
}
