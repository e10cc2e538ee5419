// Read the messages that a conversation shows, oldest first. Only the first one of a group says whose
// they are; those that follow on the same side are taken to be of the same group.
(root, { item, fromOther, body, sent, sender, senderLink }) => {
  let group = { fromOther: null, name: "", href: "" };
  return [...root.querySelectorAll(item)].map((node) => {
    const other = node.matches(fromOther) || node.querySelector(fromOther) !== null;
    const name = node.querySelector(sender)?.innerText.trim() ?? "";
    if (name || other !== group.fromOther) {
      const href = node.querySelector(senderLink)?.getAttribute("href") ?? "";
      group = { fromOther: other, name, href };
    }
    return {
      urn: node.getAttribute("data-event-urn") || "",
      fromOther: other,
      text: (node.querySelector(body)?.innerText ?? "").replaceAll("\u00a0", " "),
      sent: node.querySelector(sent) !== null || node.parentElement?.querySelector(sent) !== null,
      sender: group.name,
      senderHref: group.href,
    };
  });
}
