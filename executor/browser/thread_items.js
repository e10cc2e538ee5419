// Read the messages that a conversation shows, oldest first. Only the first one of a group says whose
// they are; those that follow are of the same group where they are marked as its side's. A line of
// the conversation itself ("X named the conversation") has neither a sender nor any mark.
(root, { item, fromOther, body, quote, sent, sender, senderLink }) => {
  const own = (node) => {
    const all = [...node.querySelectorAll(body)].filter((each) => !each.parentElement.closest(body));
    // What is answered to is quoted inside the answer, and so is not around the answer's words.
    const isQuoted = (each) => {
      for (let above = each.parentElement; above !== node; above = above.parentElement) {
        const isAround = all.length > 1 && all.every((other) => above.contains(other));
        if (above.matches(quote) && !isAround) return true;
      }
      return false;
    };
    const left = all.filter((each) => !isQuoted(each) && !each.querySelector(`${body}, ${quote}`));
    const outer = left.filter((each) => left.every((other) => each.parentElement.contains(other)));
    return outer.length === 1 ? outer[0] : null;
  };
  let group = { fromOther: null, name: "", href: "" };
  return [...root.querySelectorAll(item)].map((node) => {
    const other = node.matches(fromOther) || node.querySelector(fromOther) !== null;
    const isAlone = node.parentElement?.querySelectorAll(item).length === 1;
    const isSent = (isAlone ? node.parentElement : node).querySelector(sent) !== null;
    const name = node.querySelector(sender)?.innerText.trim() ?? "";
    if (name || other !== group.fromOther || !(other || isSent)) {
      const href = (name && node.querySelector(senderLink)?.getAttribute("href")) || "";
      group = { fromOther: other, name, href };
    }
    return {
      urn: node.getAttribute("data-event-urn") || "",
      fromOther: other,
      text: (own(node)?.innerText ?? "").replaceAll("\u00a0", " "),
      sent: isSent,
      sender: group.name,
      senderHref: group.href,
    };
  });
}
