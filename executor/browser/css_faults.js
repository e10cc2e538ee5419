// Return those selectors that the browser does not understand.
(selectors) =>
  selectors.filter((css) => {
    try {
      document.createDocumentFragment().querySelector(css);
      return false;
    } catch {
      return true;
    }
  })
