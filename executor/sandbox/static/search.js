// People search: actions that mount after the text, and the way to the next page.

import { after, boot } from "./page.js";
import "./sdui.js";

const next = document.querySelector("[data-testid=pagination-controls-next-button-visible]");
if (next) next.onclick = () => location.assign(next.value);

await after(boot.toggles.action_row_delay_ms);
for (const actions of document.querySelectorAll(`.${boot.actionRow}`)) {
  actions.replaceWith(actions.content);
}
