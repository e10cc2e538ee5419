// Read the messages that a conversation shows, oldest first.
(root, { item, fromOther, body, sent }) =>
  [...root.querySelectorAll(item)].map((node) => ({
    urn: node.getAttribute("data-event-urn") || "",
    fromOther: node.matches(fromOther) || node.querySelector(fromOther) !== null,
    text: (node.querySelector(body)?.innerText ?? "").replaceAll("\u00a0", " "),
    sent: node.querySelector(sent) !== null || node.parentElement?.querySelector(sent) !== null,
  }))
