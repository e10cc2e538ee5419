// The classic profile: buttons, a dropdown, and dialogs in the light DOM.

import { after, boot, piece, say } from "./page.js";
import { older } from "./invitation_calls.js";
import { toggleFollowing } from "./follow.js";
import { inviteAtOnce, openInvitation } from "./invite.js";
import { openWithdrawal } from "./withdraw.js";
import { write } from "./voyager.js";

const row = document.querySelector(".pvs-profile-actions");
const { vanity, urn, invitation, facts, following } = boot.person;

async function reply(deed) {
  const answer = await older(deed, invitation);
  if (answer.ok) location.reload();
}

async function remove() {
  const path = "voyagerRelationshipsDashMemberRelationships?action=removeFromMyConnections";
  const answer = await write(path, { connectedMember: urn });
  if (answer.ok) location.reload();
}

function showFollowing(control, followed) {
  const named = control.className.includes("dropdown") ? "unfollow" : "following";
  control.dataset.following = followed;
  control.ariaLabel = say(followed ? `${named}_name` : "follow_name", control.dataset);
  control.querySelector("span").textContent = say(followed ? named : "follow");
  control.querySelector("svg")?.setAttribute("data-test-icon", followed ? "check-small" : "add-small");
}

function follow(control) {
  const known = { profile: facts.id, name: `${facts.first} ${facts.last}`, following };
  Object.assign(control.dataset, { ...known, ...control.dataset });
  return toggleFollowing(control, showFollowing);
}

const acts = {
  connect: () => openInvitation(vanity, () => location.reload()),
  pending: () => openWithdrawal(vanity, () => location.reload()),
  accept: () => reply("accept"),
  ignore: () => reply("ignore"),
  remove,
  follow,
};

function toggleMenu(trigger) {
  const content = trigger.nextElementSibling;
  content.hidden = !content.hidden;
  content.ariaHidden = String(content.hidden);
  trigger.ariaExpanded = String(!content.hidden);
}

document.addEventListener("click", async (event) => {
  const trigger = event.target.closest(".artdeco-dropdown__trigger");
  if (trigger && event.isTrusted) toggleMenu(trigger);
  const action = event.target.closest("[data-action]");
  if (action) await acts[action.dataset.action]?.(action);
  const stranger = event.target.closest(".pv-browsemap-invite");
  if (stranger && (await inviteAtOnce(stranger.value))) {
    stranger.disabled = true;
    stranger.textContent = say("pending");
  }
});

await after(boot.toggles.action_row_delay_ms);
row.append(piece("action-row"));
