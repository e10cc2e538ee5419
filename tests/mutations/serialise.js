// Write the page down as it stands: open shadow roots as declarative ones, style sheets in place,
// and nothing that could still run or load.
() => {
  const shadows = [];
  const visit = (root) => {
    for (const node of root.querySelectorAll("script, iframe")) node.remove();
    for (const link of root.querySelectorAll('link[rel="stylesheet"]')) {
      const style = document.createElement("style");
      style.textContent = [...link.sheet.cssRules].map((rule) => rule.cssText).join("\n");
      link.replaceWith(style);
    }
    for (const node of root.querySelectorAll("*")) {
      if (!node.shadowRoot) continue;
      shadows.push(node.shadowRoot);
      visit(node.shadowRoot);
    }
  };
  visit(document);
  const html = document.documentElement;
  const inner = html.getHTML({ shadowRoots: shadows });
  return `<!DOCTYPE html>\n${html.cloneNode(false).outerHTML.replace("</html>", "")}${inner}</html>`;
}
