// The members of a group: more with each scroll, a search, and messages in the group's name.

import { boot, hook } from "./page.js";
import { bringLate } from "./late.js";
import { openBubble } from "./overlay.js";
import "./sdui.js";

const list = document.querySelector(hook("more-entries"));
void bringLate(document.getElementById("workspace"), (members) => list.append(members));

list.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) void openBubble({ id: button.value, group: boot.group });
});

// The real page asks its server; what it shows afterwards are the cards of those who fit.
const search = document.querySelector(hook("members-search"));
const fits = (card) => card.textContent.toLowerCase().includes(search.value.toLowerCase());
search?.addEventListener("input", () => {
  for (const late of document.querySelectorAll(`template${hook("late")}`)) {
    list.append(late.content.cloneNode(true));
    late.content.replaceChildren();
  }
  for (const card of list.children) card.hidden = !fits(card);
});
