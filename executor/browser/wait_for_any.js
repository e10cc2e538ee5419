// Wait until one of the named elements is visible, and return its name and the number of the
// candidate that matches; null when time is up.
// Looking from inside the page answers in the frame in which the element appears; asking again
// and again from outside would cost a round trip each time.
({ elements, shadowHosts, timeout }) => {
  const roots = () => {
    const found = [document];
    for (const host of document.querySelectorAll(shadowHosts.join(","))) {
      if (host.shadowRoot) found.push(host.shadowRoot);
    }
    return found;
  };
  const visible = (node) => {
    const box = node.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(node).visibility === "visible";
  };
  const matches = ({ css, texts }) => {
    for (const root of roots()) {
      for (const node of root.querySelectorAll(css)) {
        if (visible(node) && (!texts.length || texts.includes(node.innerText.trim()))) return true;
      }
    }
    return false;
  };
  const first = () => {
    for (const { name, candidates } of elements) {
      const rank = candidates.findIndex(matches);
      if (rank !== -1) return [name, rank];
    }
    return null;
  };
  return new Promise((resolve) => {
    const end = performance.now() + timeout;
    const look = () => {
      const found = first();
      if (found !== null || performance.now() >= end) resolve(found);
      else requestAnimationFrame(look);
    };
    look();
  });
}
