// List what a page is made of, as far as a reader could rest on it.
({ html, scope }) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const parts = [...page.querySelectorAll(scope)];
  const inside = parts.flatMap((part) => [part, ...part.querySelectorAll("*")]);
  const above = [];
  for (const part of parts) {
    for (let node = part.parentElement; node && node !== page.body; node = node.parentElement) above.push(node);
  }
  const hashed = /^_[0-9a-f]{8}$/;
  const unique = (names) => [...new Set(names)].sort();
  return {
    attributes: unique([...page.body.querySelectorAll("*")].flatMap((node) => node.getAttributeNames()))
      .filter((name) => !["class", "style", "d", "fill", "viewbox", "width", "height"].includes(name)),
    classes: unique([...inside, ...above].flatMap((node) => [...node.classList])).filter(
      (name) => !hashed.test(name),
    ),
    tags: unique(inside.map((node) => node.localName)),
    controls: parts
      .flatMap((part) => [...part.querySelectorAll('a, button, [role="menuitem"], [role="button"]')])
      .map((node) => (node.getAttribute("aria-label") || node.textContent).trim().slice(0, 40)),
  };
}
