// Note when keys go down on a live view's canvas, and when its pictures change.
(canvas) => {
  const pressed = [];
  const drawn = [];
  canvas.addEventListener("keydown", () => pressed.push(performance.now()), true);
  new MutationObserver(() => drawn.push(performance.now())).observe(canvas, {
    attributes: true,
    attributeFilter: ["data-pictures"],
  });
  const frame = () => new Promise(requestAnimationFrame);
  // Carets draw pictures, too: right behind one of these the next is the letter's.
  window.nextPicture = async () => {
    const before = drawn.length;
    while (drawn.length === before) await frame();
  };
  window.fromKeyToPicture = async () => {
    const last = pressed.at(-1);
    while (!(drawn.at(-1) > last)) await frame();
    return drawn.find((each) => each > last) - last;
  };
}
