// Wait until the page's own scripts have run, or time is up: before, its controls are only drawn,
// and a click on them does nothing.
(node, { timeout }) =>
  new Promise((resolve) => {
    if (document.readyState === "complete") {
      resolve(null);
      return;
    }
    addEventListener("load", () => resolve(null), { once: true });
    setTimeout(() => resolve(null), timeout);
  })
