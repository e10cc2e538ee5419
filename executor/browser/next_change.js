// Wait until something below this node changes, or time is up.
(node, { timeout }) =>
  new Promise((resolve) => {
    const observer = new MutationObserver(() => finish());
    const clock = setTimeout(() => finish(), timeout);
    const finish = () => {
      observer.disconnect();
      clearTimeout(clock);
      resolve(null);
    };
    observer.observe(node, { subtree: true, childList: true, attributes: true });
  })
