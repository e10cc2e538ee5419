// Show again what was open when the page was saved: the markup of a popover does not keep that it is
// open, but only open ones stand in such a portal.
(root, { popovers }) => {
  for (const node of root.querySelectorAll(popovers)) {
    if (!node.matches(":popover-open")) node.showPopover();
  }
}
