// Read a rich text box as plain text: blocks and breaks become line feeds, and a break that only
// holds an empty block open does not count.
(node) => {
  const lines = [""];
  const write = (text) => { lines[lines.length - 1] += text; };
  const walk = (parent) => {
    for (const child of parent.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) write(child.data);
      else if (child.nodeName === "BR") {
        if (child !== parent.lastChild || parent === node) lines.push("");
      } else if (child.nodeName === "P" || child.nodeName === "DIV") {
        if (child !== parent.firstChild) lines.push("");
        walk(child);
      } else walk(child);
    }
  };
  walk(node);
  return lines.join("\n").replaceAll("\u00a0", " ");
}
