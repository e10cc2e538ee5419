// Read the comments below a post that the server knows, in the page's order.
(root, { item, words, author, urn }) =>
  [...root.querySelectorAll(item)].map((node) => ({
    urn: (node.dataset.id || node.getAttribute("componentkey") || "").match(urn)?.[0] ?? "",
    author: node.querySelector(author)?.getAttribute("href") ?? "",
    text: (node.querySelector(words)?.innerText ?? "").replaceAll("\u00a0", " "),
  }))
