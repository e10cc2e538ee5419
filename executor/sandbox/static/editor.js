// The message editor: one paragraph for each line, and what counts as its text.

function inlineText(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeName === "BR") return "\n";
  return [...node.childNodes].map(inlineText).join("");
}

// Chromium keeps a paragraph open with a final <br>, which is no line of its own.
function blockText(block) {
  const text = inlineText(block);
  return block.lastChild?.nodeName === "BR" ? text.slice(0, -1) : text;
}

export function textOf(editor) {
  const lines = [];
  let loose = null;
  for (const node of editor.childNodes) {
    if (node.nodeName === "P" || node.nodeName === "DIV") {
      lines.push(blockText(node));
      loose = null;
    } else if (loose === null) {
      loose = inlineText(node);
      lines.push(loose);
    } else {
      loose += inlineText(node);
      lines[lines.length - 1] = loose;
    }
  }
  return lines.join("\n");
}

export function fill(editor, text) {
  const paragraphs = text.split("\n").map((line) => {
    const paragraph = document.createElement("p");
    if (line) paragraph.textContent = line;
    else paragraph.append(document.createElement("br"));
    return paragraph;
  });
  editor.replaceChildren(...paragraphs);
}

function insert(text) {
  text.split(/\r?\n/).forEach((line, number) => {
    if (number) document.execCommand("insertParagraph");
    if (line) document.execCommand("insertText", false, line);
  });
}

// Calls `onInput` for what a person enters; a script's events and innerHTML change nothing.
export function watch(editor, { onInput, onEnter, onKey }) {
  editor.addEventListener("keydown", (event) => {
    if (event.isTrusted && event.key.length === 1) onKey?.();
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (!event.shiftKey && onEnter()) return;
    document.execCommand("insertParagraph");
  });
  editor.addEventListener("paste", (event) => {
    event.preventDefault();
    insert(event.clipboardData.getData("text/plain"));
  });
  editor.addEventListener("input", (event) => {
    if (editor.childNodes.length === 0) fill(editor, "");
    if (event.isTrusted) onInput(textOf(editor));
  });
}
