// The members that a page's own data names; older pages carry it as JSON in hidden elements.
(root, { data }) => {
  const found = [];
  const walk = (value) => {
    if (value === null || typeof value !== "object") return;
    if (typeof value.publicIdentifier === "string" && typeof value.entityUrn === "string") {
      const { entityUrn, objectUrn, publicIdentifier } = value;
      found.push({ entityUrn, objectUrn: String(objectUrn ?? ""), vanity: publicIdentifier });
    }
    Object.values(value).forEach(walk);
  };
  for (const node of root.querySelectorAll(data)) {
    try {
      walk(JSON.parse(node.textContent));
    } catch {
      // Not every such element holds JSON.
    }
  }
  return found;
}
