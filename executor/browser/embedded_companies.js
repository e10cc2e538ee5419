// The companies that a page's own data names, each once. What one of them refers to by URN stands
// in the reference's place, under the field's name without its star.
(root, { data, type }) => {
  const known = new Map();
  const walk = (value) => {
    if (value === null || typeof value !== "object") return;
    if (typeof value.entityUrn === "string") {
      // The same thing comes in several pieces: what one leaves empty another has.
      const told = Object.entries(value).filter(([, each]) => each !== null && each?.length !== 0);
      known.set(value.entityUrn, { ...Object.fromEntries(told), ...known.get(value.entityUrn) });
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
  const resolved = (value) =>
    Array.isArray(value) ? value.map((each) => known.get(each) ?? null) : known.get(value) ?? null;
  const field = ([name, value]) =>
    name.startsWith("*") ? [name.slice(1), resolved(value)] : [name, value];
  return [...known.values()]
    .filter(({ $type }) => $type === type)
    .map((company) => Object.fromEntries(Object.entries(company).map(field)));
}
