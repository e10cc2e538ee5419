// My Network: received and sent invitations.

import { changeInvitation } from "./invitation_calls.js";
import { boot, hook } from "./page.js";
import { whenSure } from "./take_care.js";
import { serverRequest } from "./voyager.js";
import "./sdui.js";

async function reply(button, deed) {
  const answer = await changeInvitation(deed, button.value, boot.partners[button.value]);
  if (answer.ok) button.closest("[role=listitem]").remove();
}

async function loadMore(button) {
  const path = `/flagship-web/mynetwork/invitation-manager/sent?start=${button.value}`;
  const answer = await serverRequest(path);
  if (!answer.ok) return;
  const holder = document.createElement("template");
  holder.innerHTML = answer.text;
  const rows = holder.content.querySelectorAll("[role=listitem]").length;
  button.previousElementSibling.append(holder.content);
  button.value = Number(button.value) + rows;
  if (rows === 0) button.remove();
}

function unfold(button) {
  const words = button.previousSibling;
  words.textContent += button.dataset.rest;
  button.remove();
}

document.addEventListener("click", (event) => {
  const folded = event.target.closest(hook("unfold"));
  if (folded) unfold(folded);
  const accept = event.target.closest(hook("accept"));
  const ignore = event.target.closest(hook("ignore"));
  const more = event.target.closest(hook("load-more"));
  if (accept) void whenSure(() => reply(accept, "accept"));
  if (ignore) void reply(ignore, "ignore");
  if (more) void loadMore(more);
});
