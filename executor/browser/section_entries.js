// Read a section's entries: each one's own lines, and the lines of the roles inside it.
(root, { entry, role, line }) => {
  const linesOf = (node, without) =>
    [...node.querySelectorAll(line)]
      .filter((each) => !each.parentElement.closest(line) && !without.some((one) => one.contains(each)))
      .map((each) => each.innerText.replace(/\s+/g, " ").trim())
      .filter(Boolean);
  const entries = [...root.querySelectorAll(entry)];
  return entries
    .filter((node) => !entries.some((other) => other !== node && other.contains(node)))
    .map((node) => {
      const roles = [...node.querySelectorAll(role)];
      return { lines: linesOf(node, roles), roles: roles.map((each) => linesOf(each, [])) };
    });
}
