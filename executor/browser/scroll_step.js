// Scroll on by most of a screen; at the end, wait for more to come. Answers whether there is more.
(root, { scroller, quiet }) => {
  const box = document.querySelector(scroller) ?? document.scrollingElement;
  const atEnd = () => box.scrollTop + box.clientHeight >= box.scrollHeight - 1;
  if (!atEnd()) {
    box.scrollTop += box.clientHeight * 0.8;
    return true;
  }
  return new Promise((resolve) => {
    const end = performance.now() + quiet;
    const look = () => {
      if (!atEnd()) resolve(true);
      else if (performance.now() >= end) resolve(false);
      else setTimeout(look, 30);
    };
    look();
  });
}
