// Wait until nothing below this node has changed for a while, or time is up.
(node, { quiet, timeout }) =>
  new Promise((resolve) => {
    let clock;
    const finish = () => {
      observer.disconnect();
      clearTimeout(clock);
      clearTimeout(limit);
      resolve(null);
    };
    const again = () => {
      clearTimeout(clock);
      clock = setTimeout(finish, quiet);
    };
    const observer = new MutationObserver(again);
    const limit = setTimeout(finish, timeout);
    observer.observe(node, { subtree: true, childList: true });
    again();
  })
