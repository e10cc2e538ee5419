// Count the style sheets that a saved page has not taken along: they are elsewhere, and not loaded.
(root) =>
  [...root.querySelectorAll('link[rel~="stylesheet"][href]')].filter(
    ({ href, disabled }) => !href.startsWith("data:") && !disabled,
  ).length
