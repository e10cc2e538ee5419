// Change one thing on a page and return the page. Declarative shadow roots are still templates
// here, and are changed like the rest.
({ html, scope, change }) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const roots = [page];
  for (const root of roots) {
    for (const node of root.querySelectorAll("template[shadowrootmode]")) roots.push(node.content);
  }
  const all = (css) => roots.flatMap((root) => [...root.querySelectorAll(css)]);
  const parts = () => [...page.querySelectorAll(scope)];
  const control = (number) =>
    parts().flatMap((part) => [...part.querySelectorAll('a, button, [role="menuitem"], [role="button"]')])[number];
  const renamed = (name) => `x${[...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7) >>> 0}`;

  const deeds = {
    drop: ({ attribute }) => all(`[${attribute}]`).forEach((node) => node.removeAttribute(attribute)),
    unclass: ({ name }) => all(`.${CSS.escape(name)}`).forEach((node) => node.classList.remove(name)),
    // A new build of the pages: names change in the markup and in the style sheets alike.
    rebuild: () => {
      const names = new Set(all("[class]").flatMap((node) => [...node.classList]));
      for (const node of all("[class]")) node.className = [...node.classList].map(renamed).join(" ");
      for (const style of all("style")) {
        style.textContent = style.textContent.replace(/\.([A-Za-z_][\w-]*)/g, (found, name) =>
          names.has(name) ? `.${renamed(name)}` : found,
        );
      }
    },
    // A saved page without its files.
    unstyle: () => all("style").forEach((node) => node.remove()),
    retag: ({ from, to }) => {
      for (const node of parts().flatMap((part) => [part, ...part.querySelectorAll(from)])) {
        if (node.localName !== from) continue;
        const other = page.createElement(to);
        for (const { name, value } of node.attributes) other.setAttribute(name, value);
        other.append(...node.childNodes);
        node.replaceWith(other);
      }
    },
    hide: ({ number }) => control(number).style.setProperty("display", "none"),
    double: ({ number }) => control(number).after(control(number).cloneNode(true)),
    doublePart: () => parts().forEach((part) => part.after(part.cloneNode(true))),
    silence: () => {
      // A link to a member says a name, which belongs to what is so.
      const silent = 'button, [role="menuitem"], [role="button"], a[aria-label], a:not([href*="/in/"])';
      const words = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
      while (words.nextNode()) {
        const at = words.currentNode.parentElement.closest(silent);
        if (at && parts().some((part) => part.contains(at))) words.currentNode.data = "✦";
      }
      for (const part of parts()) {
        for (const node of part.querySelectorAll("a, button, [role]")) node.removeAttribute("aria-label");
      }
    },
    insert: ({ css, at, piece, each }) => {
      const places = all(css);
      for (const place of each ? places : places.slice(0, 1)) place.insertAdjacentHTML(at, piece);
    },
    enclose: ({ before, after }) => {
      const [first] = parts();
      const wrapper = page.createElement("section");
      first.before(wrapper);
      wrapper.append(first);
      first.insertAdjacentHTML("beforebegin", before);
      first.insertAdjacentHTML("afterend", after);
    },
  };
  deeds[change.deed](change);
  return `<!DOCTYPE html>\n${page.documentElement.outerHTML}`;
}
