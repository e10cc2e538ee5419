// Return an attribute of a node; null when it has none of that name.
(node, { name }) => node.getAttribute(name)
