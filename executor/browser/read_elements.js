// Read, in one go, what is visible of each named element below a root. All candidates count: one
// that matches somebody else's control must not hide another that matches the right one.
(root, { elements }) => {
  const inPixels = (value, whole) =>
    value.endsWith("%") ? (parseFloat(value) / 100) * whole : parseFloat(value);
  const area = (points) =>
    Math.abs(
      points.reduce((sum, [x, y], number) => {
        const [nextX, nextY] = points[(number + 1) % points.length];
        return sum + x * nextY - nextX * y;
      }, 0) / 2,
    );
  // The part of a box that `clip-path` leaves, from its left and top edge; null when it is not told.
  const shape = (path, box) => {
    const [, name, inner] = path.match(/^(inset|circle|ellipse|polygon)\((.*)\)/) ?? [];
    const across = (value) => inPixels(value, box.width);
    const down = (value) => inPixels(value, box.height);
    if (name === "inset") {
      const [top, right = top, bottom = top, left = right] = inner.split(" round ")[0].split(" ");
      return [across(left), down(top), box.width - across(right), box.height - down(bottom)];
    }
    if (name === "polygon") {
      const points = inner.split(/,\s*/).filter((each) => !/^(evenodd|nonzero)$/.test(each));
      const at = points.map((each) => each.split(" ")).map(([x, y]) => [across(x), down(y)]);
      const [xs, ys] = [at.map(([x]) => x), at.map(([, y]) => y)];
      if (area(at) < 4) return [0, 0, 0, 0];
      return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    }
    if (!name) return null;
    const [radii, place = "50% 50%"] = inner.split(/\s*at /);
    const [wide, high = wide] = radii.trim().split(" ").filter(Boolean).map(across);
    const [x, y] = [across(place.split(" ")[0]), down(place.split(" ")[1])];
    return [x - wide, y - high, x + wide, y + high];
  };
  // What hides a node by cutting it away: of the box that is left, nobody sees anything.
  const cut = (style, box) => {
    if (style.clipPath !== "none") return shape(style.clipPath, box);
    const clip = style.clip.match(/^rect\((.*)\)/);
    if (!clip || !["absolute", "fixed"].includes(style.position)) return null;
    const [top, right, bottom, left] = clip[1].split(/,?\s+/).map(parseFloat);
    return [left || 0, top || 0, right ?? box.width, bottom ?? box.height];
  };
  // Many nodes stand in the same boxes, each of which is looked at once.
  const known = new Map();
  const about = (node) => {
    if (!known.has(node)) {
      const style = getComputedStyle(node);
      const box = node.getBoundingClientRect();
      const { position, direction, filter } = style;
      const isBox = style.display !== "contents";
      const isOverflowing = style.overflow === "visible";
      known.set(node, {
        box, position, direction,
        scrolled: [node.scrollLeft, node.scrollTop],
        left: cut(style, box),
        isFaded: /opacity\(0(%|\))/.test(filter),
        isHolding: isBox && !isOverflowing,
        isHiding: isBox && (!isOverflowing || /paint|content|strict/.test(style.contain)) &&
          (box.width < 2 || box.height < 2),
      });
    }
    return known.get(node);
  };
  const isCutAway = (node) => {
    const own = about(node).box;
    for (let each = node; each; each = each.parentElement) {
      const { box, left, isFaded, isHiding } = about(each);
      if (left) {
        const wide = Math.min(own.right, box.left + left[2]) - Math.max(own.left, box.left + left[0]);
        const high = Math.min(own.bottom, box.top + left[3]) - Math.max(own.top, box.top + left[1]);
        if (wide < 2 || high < 2) return true;
      }
      if (isFaded || (isHiding && each !== node)) return true;
    }
    return false;
  };
  // Nobody can scroll to what lies before the beginning of what scrolls, or of the page.
  const isBeforeTheBeginning = (node) => {
    const own = about(node).box;
    let [down, across, isFree] = [0, 0, false];
    for (let each = node; each.parentElement; each = each.parentElement) {
      const { position } = about(each);
      if (position === "fixed") return own.bottom + down <= 0 || own.top >= innerHeight;
      isFree = position === "absolute" || (isFree && position === "static");
      const above = about(each.parentElement);
      across += above.scrolled[0];
      down += above.scrolled[1];
      const isPage = each.parentElement === document.body || !each.parentElement.parentElement;
      if (isPage || !above.isHolding || (isFree && above.position === "static")) continue;
      if (own.bottom + down <= above.box.top) return true;
      if (above.direction === "ltr" && own.right + across <= above.box.left) return true;
    }
    return own.bottom + down <= 0;
  };
  const visible = (node) => {
    const box = node.getBoundingClientRect();
    return (
      box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth &&
      node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      !node.closest('[aria-hidden="true"], [inert]') &&
      !isCutAway(node) && !isBeforeTheBeginning(node)
    );
  };
  const PROFILE = 'a[href*="/in/"]';
  const beside = (node) => {
    for (let around = node; around && around !== root; around = around.parentElement) {
      const links = around.matches(PROFILE) ? [around] : [...around.querySelectorAll(PROFILE)];
      if (links.length) return links.map((link) => link.getAttribute("href"));
    }
    return [];
  };
  const describe = (node) => ({
    href: node.getAttribute("href"),
    key: node.getAttribute("componentkey"),
    label: node.getAttribute("aria-label"),
    text: (node.innerText || "").trim(),
    beside: beside(node),
  });
  const result = {};
  for (const { name, candidates } of elements) {
    const found = new Set();
    for (const { css, texts } of candidates) {
      for (const node of root.querySelectorAll(css)) {
        // A menu item's words may have an explanation below them.
        const words = texts.length ? node.innerText.trim() : "";
        const worded =
          !texts.length || texts.includes(words) || texts.includes(words.split("\n")[0].trim());
        if (worded && visible(node)) found.add(node);
      }
    }
    result[name] = [...found].map(describe);
  }
  return result;
}
