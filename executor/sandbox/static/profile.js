// A profile: controls that mount late, the More menu, the sticky header, and received invitations.

import { changeInvitation } from "./invitation_calls.js";
import { after, boot, hook, piece } from "./page.js";
import { bringLate } from "./late.js";
import { write } from "./voyager.js";
import "./sdui.js";

const main = document.getElementById("workspace");
let portal = null;

function closeMenu() {
  portal?.remove();
  portal = null;
  const more = document.querySelector(hook("more"));
  if (more) more.ariaExpanded = "false";
}

function openMenu(more) {
  portal = piece("more-menu").firstElementChild;
  document.body.append(portal);
  more.ariaExpanded = "true";
  const menu = portal.querySelector("[role=menu]");
  const place = more.getBoundingClientRect();
  const width = menu.offsetWidth;
  menu.style.top = `${Math.min(place.bottom + 4, innerHeight - menu.offsetHeight - 8)}px`;
  menu.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
  const remove = menu.querySelector(hook("remove"));
  if (remove) remove.onclick = () => removeConnection();
}

async function removeConnection() {
  const path = `voyagerRelationshipsDashMemberRelationships?action=removeFromMyConnections`;
  const answer = await write(path, { connectedMember: boot.person.urn });
  if (answer.ok) location.reload();
}

async function reply(button, deed) {
  const answer = await changeInvitation(deed, button.value, boot.person.facts);
  if (answer.ok) location.reload();
}

document.addEventListener("click", (event) => {
  const target = event.target;
  const more = target.closest(hook("more"));
  // Scripts cannot open the menu: it wants a person's click.
  if (more && event.isTrusted && !portal) openMenu(more);
  else if (portal) closeMenu();
  const accept = target.closest(hook("accept"));
  const ignore = target.closest(hook("ignore"));
  if (accept) void reply(accept, "accept");
  if (ignore) void reply(ignore, "ignore");
});
document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenu());

main.addEventListener("scroll", () => {
  const sticky = document.querySelector(hook("sticky"));
  if (sticky) sticky.style.visibility = main.scrollTop > 420 ? "visible" : "hidden";
});

const sections = document.querySelector(hook("more-entries"));
void bringLate(main, (section) => sections.append(section));

await after(boot.toggles.action_row_delay_ms);
document.querySelector(`.${boot.actions}`).append(piece("action-row"));
