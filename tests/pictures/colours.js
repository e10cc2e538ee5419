// Returns a picture's pixels as places in a palette of its 256 most frequent colours. Areas keep
// theirs, however alike; the rarer shades of letters' edges get the nearest one.
async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const colours = new Uint32Array(data.length / 4);
  const times = new Map();
  for (let at = 0; at < colours.length; at += 1) {
    const [red, green, blue] = data.subarray(4 * at, 4 * at + 3);
    colours[at] = (red << 16) | (green << 8) | blue;
    times.set(colours[at], (times.get(colours[at]) ?? 0) + 1);
  }
  const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const often = [...times.keys()].sort((one, other) => times.get(other) - times.get(one));
  const palette = often.slice(0, 256).map(parts);
  const apart = (one, other) => one.reduce((sum, part, at) => sum + (part - other[at]) ** 2, 0);
  const nearest = (colour) => {
    const distances = palette.map((each) => apart(each, parts(colour)));
    return distances.indexOf(Math.min(...distances));
  };
  const places = new Map(often.map((colour, at) => [colour, at < 256 ? at : nearest(colour)]));
  let text = "";
  for (const colour of colours) text += String.fromCharCode(places.get(colour));
  return { width: image.width, height: image.height, palette, pixels: btoa(text) };
};
