// Read the card's lines in their order; the line of a marked link is told, without the link's words.
(root, { line, mark }) =>
  [...root.querySelectorAll(line)]
    .filter((node) => !node.parentElement.closest(line) && node.checkVisibility())
    .map((node) => {
      const link = node.querySelector(mark);
      const words = link ? node.innerText.replace(link.innerText, "") : node.innerText;
      return { text: words.replace(/\s+/g, " ").trim(), marked: link !== null };
    })
