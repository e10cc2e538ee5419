// Returns a picture's pixels as places in a palette of at most 256 colours: the finer shades of its
// letters' edges are put together until there are no more.
async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  for (let step = 1; ; step += 1) {
    const places = new Map();
    const palette = [];
    const pixels = new Uint8Array(data.length / 4);
    for (let at = 0; at < data.length && palette.length <= 256; at += 4) {
      const colour = [data[at], data[at + 1], data[at + 2]];
      const key = colour.map((part) => Math.floor(part / step)).join();
      if (!places.has(key)) {
        places.set(key, palette.length);
        palette.push(colour);
      }
      pixels[at / 4] = places.get(key);
    }
    if (palette.length <= 256) {
      let text = "";
      for (const pixel of pixels) text += String.fromCharCode(pixel);
      return { width: image.width, height: image.height, palette, pixels: btoa(text) };
    }
  }
};
