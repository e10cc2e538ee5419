// The addresses that a page gives as its own, in its head.
() =>
  ['link[rel="canonical"]', 'meta[property="og:url"]']
    .map((css) => document.querySelector(css))
    .map((node) => node && (node.getAttribute("href") || node.getAttribute("content")))
    .filter(Boolean)
