// Wait until a click would reach a control, and return null; else what stands in the way when time
// is up. That it no longer moves is for the click itself to wait for: it takes several frames.
(node, { timeout }) =>
  new Promise((resolve) => {
    const end = performance.now() + timeout;
    // Something that sticks to an edge may lie over it in one place, and not in another.
    const places = ["center", "end", "start"];
    let looks = 0;
    const isHit = () => {
      const box = node.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      return node.contains(node.getRootNode().elementFromPoint(x, y));
    };
    const obstacle = () => {
      if (!node.isConnected) return "gone";
      if (node.disabled || node.getAttribute("aria-disabled") === "true") return "disabled";
      if (!isHit()) node.scrollIntoView({ block: places[looks++ % places.length] });
      return isHit() ? null : "covered";
    };
    const look = () => {
      const found = obstacle();
      if (found === null || found === "gone" || performance.now() >= end) resolve(found);
      else requestAnimationFrame(look);
    };
    look();
  })
