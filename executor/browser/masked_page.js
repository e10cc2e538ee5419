// Write the page down so that a locator can be worked on, without what people wrote or are called:
// structure, keys, classes and visibility stay; letters become x, digits 0; ids and vanity names
// become invented ones, the same each time. Open shadow roots come along as declarative ones.
({ words, beginnings }) => {
  const KEPT = new Set(
    ("id class role type accept for name rel method dir lang tabindex hidden open disabled readonly " +
      "required checked selected multiple contenteditable draggable autocomplete inputmode " +
      "maxlength minlength rows cols width height viewbox fill d cx cy r x y points xmlns scope " +
      "colspan rowspan loading decoding media charset sandbox shadowrootmode").split(" "),
  );
  const SPOKEN = /^aria-(label|description|placeholder|roledescription|valuetext)$/;
  const HOOK = /^(aria-|data-(testid$|test-|sdui-|component-type$|view-name$|urn$|id$|event-urn$|member-id$|rehydrated$|chameleon-))/;
  const ADDRESS = new Set(["href", "action", "formaction", "xlink:href", "cite"]);
  const MEDIA = new Set(["src", "srcset", "poster", "data", "imagesrcset", "data-delayed-url"]);
  const SILENT = new Set(["SCRIPT", "NOSCRIPT"]);
  const VOID = new Set(
    "AREA BASE BR COL EMBED HR IMG INPUT LINK META SOURCE TRACK WBR".split(" "),
  );
  // "· 1st" and its like say how far away somebody is, not who it is.
  const DEGREE = /^[·•]?\s*[123](st|nd|rd|[.°ºª]|er|re|e|次)?$/;

  const known = new Set(words);
  const letters = (text) =>
    text.replace(/[^\s!-/:-@[-`{-~·•]/gu, (each) =>
      /\p{N}/u.test(each) ? "0" : /\p{Lu}/u.test(each) ? "X" : "x",
    );
  const shown = (text) => {
    const plain = text.trim().replace(/\s+/g, " ");
    return known.has(plain) || DEGREE.test(plain) ? text : letters(text);
  };
  const label = (text) => {
    const start = beginnings.find((each) => text.startsWith(each));
    return start ? start + letters(text.slice(start.length)) : shown(text);
  };
  const titled = (text) => {
    const [, before, site] = /^(.*?)(\s*\|\s*LinkedIn)?\s*$/s.exec(text);
    return letters(before) + (site ?? "");
  };

  // -- names and numbers that stand for somebody, each replaced by the same invented one --------

  const invented = new Map();
  const number = () => String(invented.size + 1);
  const once = (text, make) => {
    if (!invented.has(text)) invented.set(text, make());
    return invented.get(text);
  };
  const profile = (id) => once(id, () => `ACoAA${number().padStart(Math.max(id.length - 5, 4), "x")}`);
  const digits = (run) => once(run, () => number().padStart(run.length, "0"));
  const thread = (id) => once(id, () => `2-x${number().padStart(Math.max(id.length - 3, 4), "x")}`);
  const slug = (text) => once(decoded(text), () => `masked-${number()}`);
  const decoded = (text) => {
    try {
      return decodeURIComponent(text).toLowerCase();
    } catch {
      return text.toLowerCase();
    }
  };

  const everything = [];
  const gather = (root) => {
    for (const node of root.querySelectorAll("*")) {
      everything.push(node);
      if (node.shadowRoot) gather(node.shadowRoot);
      if (node.content instanceof DocumentFragment) gather(node.content);
    }
  };
  gather(document);

  // Where they stand by themselves comes first: inside keys they have no end of their own.
  const slugs = new Set();
  const ids = new Set();
  const OWNERS = /^(in|pub|company|school|showcase|groups|pulse|events|newsletters?|posts|hashtag)$/;
  const ID = /AC[a-z]A[\w-]+/g;
  const learn = (text) => {
    const steps = text.split(/[/?#"]/);
    steps.forEach((step, place) => {
      if (place && OWNERS.test(steps[place - 1]) && step && step !== "me") slugs.add(decoded(step));
    });
    for (const [, who] of text.matchAll(/vanityName=([^&#"]+)/g)) slugs.add(decoded(who));
    for (const [, id] of text.matchAll(/(?:profile|Profile|recipient|in)(?:[:/=]|%3A)(AC[a-z]A[\w-]+)/g)) {
      ids.add(id);
    }
  };
  const addresses = [location.href];
  for (const node of everything) {
    for (const { value } of node.attributes) addresses.push(value);
    if (node.nodeName === "CODE") addresses.push(node.textContent);
  }
  addresses.forEach(learn);
  for (const id of ids) slugs.delete(id.toLowerCase());
  const longest = (set) => [...set].sort((one, other) => other.length - one.length);
  const knownIds = longest(ids);
  const escapedRule = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const slugRules = longest(slugs).map(
    (each) => [each, new RegExp(`(?<=ref|[^a-z]|^)${escapedRule(each)}(?=[A-Z]|[^a-z]|$)`, "g")],
  );

  const loose = (id) => {
    // A key ends in the name of its card, "Topcard" or so; a real id has 39 characters (2026-03).
    const end = id.length >= 39 ? 39 : id.search(/([A-Z][a-z]{2,})+$/);
    return end > 6 ? profile(id.slice(0, end)) + id.slice(end) : profile(id);
  };
  const identifiers = (text, keyed = false) => {
    const parked = [];
    const park = (made) => `\u0000${parked.push(made) - 1}\u0000`;
    let masked = text;
    for (const id of knownIds) masked = masked.replaceAll(id, () => park(profile(id)));
    masked = masked
      .replace(ID, (id) => park(loose(id)))
      .replace(/2-[A-Za-z0-9+/_-]{8,}(=|%3D)*/g, (id) => park(thread(id)))
      .replace(/\d{5,}/g, (run) => park(digits(run)));
    if (keyed) for (const [each, rule] of slugRules) masked = masked.replace(rule, () => park(slug(each)));
    return masked.replace(/\u0000(\d+)\u0000/g, (_, place) => parked[place]);
  };

  // -- addresses ---------------------------------------------------------------------------------

  // What is left of an address's part without the ids that it may consist of.
  const bare = (part) =>
    part
      .replace(/%3A/gi, ":")
      .replace(/urn:li:\w+:|ACoAA\w+|2-x\w+=*|masked-\d+|\d+|[()[\]",:]/g, "");
  const ROUTE = /^[a-z][a-z_-]*$/i;
  const segment = (part, before) => {
    if (OWNERS.test(before) && part !== "me") {
      return /^AC[a-z]A/.test(part) ? profile(part) : slug(part);
    }
    const plain = identifiers(part);
    return ROUTE.test(part) || bare(plain) === "" ? plain : letters(plain);
  };
  const queried = (name, value) => {
    if (name === "vanityName") return slug(value);
    if (/^(keywords|searchTerm|body|q|firstName|lastName|title|company)$/.test(name)) return letters(value);
    const plain = identifiers(value);
    // Names in capitals are the site's own; everything else may be somebody's words.
    return /^([A-Z_]*|msgOverlay|true|false)$/.test(bare(plain)) ? plain : letters(plain);
  };
  const address = (raw) => {
    if (raw === "" || raw.startsWith("#")) return identifiers(raw);
    let parts;
    try {
      parts = new URL(raw, location.href);
    } catch {
      return letters(raw);
    }
    if (!/^https?:$/.test(parts.protocol)) return `${parts.protocol}masked`;
    const own = parts.origin === location.origin || /(^|\.)linkedin\.com$/.test(parts.hostname);
    if (!own) return "https://elsewhere.example/";
    const path = parts.pathname.split("/");
    const masked = path.map((part, place) => segment(part, path[place - 1] ?? "")).join("/");
    const query = [...parts.searchParams].map(
      ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(queried(name, value))}`,
    );
    const absolute = /^https?:/i.test(raw) ? "https://www.linkedin.com" : "";
    return absolute + masked + (query.length ? `?${query.join("&")}` : "");
  };

  // -- the page's own data, which is JSON in hidden elements ---------------------------------------

  const data = (value, name = "") => {
    if (Array.isArray(value)) return value.map((each) => data(each));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, data(each, key)]));
    }
    if (typeof value === "number") return 0;
    if (typeof value !== "string") return value;
    if (name === "publicIdentifier") return slug(value);
    return /^urn:li:|^com\.linkedin\./.test(value) ? identifiers(value) : letters(value);
  };
  const embedded = (text) => {
    try {
      return JSON.stringify(data(JSON.parse(text)));
    } catch {
      return letters(text);
    }
  };

  // -- writing ---------------------------------------------------------------------------------------

  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const quoted = (text) => escaped(text).replace(/"/g, "&quot;");
  const frame = (raw) => {
    const { origin, pathname } = new URL(raw, location.href);
    return origin === location.origin ? address(raw) : origin + identifiers(pathname);
  };
  const maskedValue = (name, value, owner) => {
    if (ADDRESS.has(name)) return address(value);
    // Where a frame comes from tells a captcha from an advert; pictures tell who is shown.
    if (name === "src" && owner === "IFRAME") return frame(value);
    if (MEDIA.has(name)) return "";
    if (SPOKEN.test(name)) return label(value);
    if (name === "componentkey") return /\s/.test(value) ? letters(value) : identifiers(value, true);
    if (KEPT.has(name) || HOOK.test(name)) return identifiers(value);
    return /^(true|false|\d{1,3}|)$/.test(value) ? value : label(value);
  };
  const attribute = ({ name: spelt, value }, owner) => {
    const name = spelt.toLowerCase();
    if (name.startsWith("on") || name === "nonce" || name === "style" || name === "srcdoc") return "";
    return ` ${spelt}="${quoted(maskedValue(name, value, owner))}"`;
  };
  // A saved page has no style sheets, so what is not to be seen says so by itself.
  const unseen = (node) => {
    if (!node.isConnected || node.closest("head") || !(node instanceof Element)) return "";
    const style = getComputedStyle(node);
    if (style.display === "none") return "display:none";
    const rules = [];
    const above = node.parentElement && getComputedStyle(node.parentElement).visibility;
    if (style.visibility !== (above ?? "visible")) rules.push(`visibility:${style.visibility}`);
    if (style.opacity === "0") rules.push("opacity:0");
    const box = node.getBoundingClientRect();
    const cuts = style.overflow !== "visible" && style.display !== "contents";
    if (cuts && (box.width < 2 || box.height < 2)) {
      rules.push("display:block", `width:${box.width}px`, `height:${box.height}px`, "overflow:hidden");
    }
    return rules.join(";");
  };
  const written = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const above = node.parentElement?.nodeName;
      if (above === "CODE") return escaped(embedded(node.data));
      return escaped(above === "TITLE" ? titled(node.data) : shown(node.data));
    }
    if (node.nodeType !== Node.ELEMENT_NODE || SILENT.has(node.nodeName)) return "";
    if (node.nodeName === "LINK" && node.rel === "stylesheet") return "";
    const name = node.localName;
    const secret = node.nodeName === "INPUT" || node.nodeName === "OPTION";
    const attributes = [...node.attributes]
      .filter((each) => !(secret && each.name === "value") && !(node.nodeName === "META" && each.name === "content"))
      .map((each) => attribute(each, node.nodeName))
      .join("");
    const hides = unseen(node);
    const style = hides ? ` style="${hides}"` : "";
    const opening = `<${name}${attributes}${style}>`;
    if (VOID.has(node.nodeName)) return opening;
    if (node.nodeName === "IFRAME" || node.nodeName === "STYLE") return `${opening}</${name}>`;
    const shadow = node.shadowRoot
      ? `<template shadowrootmode="open">${inside(node.shadowRoot)}</template>`
      : "";
    const content = node.content instanceof DocumentFragment ? node.content : node;
    return `${opening}${shadow}${inside(content)}</${name}>`;
  };
  const inside = (node) => [...node.childNodes].map(written).join("");

  return {
    html: `<!DOCTYPE html>\n${written(document.documentElement)}\n`,
    address: address(location.href),
    title: titled(document.title),
    language: document.documentElement.lang,
  };
}
