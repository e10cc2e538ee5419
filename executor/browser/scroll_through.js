// Scroll to the end, again and again while more comes, until nothing has come for a while.
(root, { scroller, quiet, timeout }) => {
  const box = document.querySelector(scroller) ?? document.scrollingElement;
  return new Promise((resolve) => {
    const end = performance.now() + timeout;
    let height = -1;
    let since = 0;
    const look = () => {
      const now = performance.now();
      if (box.scrollHeight !== height) {
        height = box.scrollHeight;
        since = now;
      }
      // Step by step: what is passed at once may never have been in sight.
      if (box.scrollTop + box.clientHeight < height - 1) {
        box.scrollTop += box.clientHeight * 0.8;
        since = now;
      }
      const done = now - since >= quiet;
      if (done || now >= end) resolve(done);
      else setTimeout(look, 30);
    };
    look();
  });
}
