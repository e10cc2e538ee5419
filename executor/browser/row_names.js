// Read the names in each row of the list of conversations; empty for a row that is not drawn yet.
(root, { rows, row, names }) =>
  [...root.querySelectorAll(rows)]
    .filter((each) => each.matches(row))
    .map((each) => each.querySelector(names)?.innerText.trim() ?? "")
