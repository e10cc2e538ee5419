// The terms of a list of details, each with the lines and the links below it.
(root) =>
  [...root.querySelectorAll("dt")].map((term) => {
    const below = [];
    let next = term.nextElementSibling;
    while (next?.matches("dd")) {
      below.push(next);
      next = next.nextElementSibling;
    }
    return {
      term: term.innerText.trim(),
      lines: below.map((each) => each.innerText.trim()),
      links: below.flatMap((each) => [...each.querySelectorAll("a[href]")].map(({ href }) => href)),
    };
  })
