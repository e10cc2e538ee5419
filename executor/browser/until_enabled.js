// Wait until a control can be pressed; false when time is up, or the node has been replaced.
(node, { timeout }) =>
  new Promise((resolve) => {
    const end = performance.now() + timeout;
    const look = () => {
      const off = node.disabled || node.getAttribute("aria-disabled") === "true";
      if (!off && node.isConnected) resolve(true);
      else if (!node.isConnected || performance.now() >= end) resolve(false);
      else requestAnimationFrame(look);
    };
    look();
  })
