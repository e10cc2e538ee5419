// The shell of React pages: navigation, strangers' controls, and the overlay of Ember parts.

import { boot, hook, interopRoot, say, slugIn } from "./page.js";
import { toggleFollowing } from "./follow.js";
import { inviteAtOnce, openInvitation } from "./invite.js";
import { openBubble, openList } from "./overlay.js";
import { openWithdrawal } from "./withdraw.js";

interopRoot();
openList();
// On a phone's width LinkedIn shows no overlay.
if (boot.bubble && matchMedia("(min-width: 900px)").matches) openBubble(boot.bubble);

const meButton = document.querySelector(hook("me-button"));
meButton.onclick = () => {
  const menu = document.querySelector(hook("me-menu"));
  menu.hidden = !menu.hidden;
  meButton.ariaExpanded = String(!menu.hidden);
};

const plainClick = (event) => !(event.metaKey || event.ctrlKey || event.shiftKey || event.button);

const becomePending = (control, invitee) => {
  control.textContent = say("pending");
  control.ariaLabel = say("pending_for", { name: invitee.name });
  control.disabled = false;
  control.classList.remove(boot.hooks.connect, boot.hooks["rail-connect"]);
  control.classList.add(boot.hooks.pending);
  if (control.href) control.href = `/in/${encodeURIComponent(invitee.slug)}/`;
  const key = control.getAttribute("componentkey");
  if (key) control.setAttribute("componentkey", key.replace(/_conn(ect)?$/, "_pending"));
};

const showFollowing = (shown, following) => {
  // What More opens the next time is made from its template.
  const menu = document.getElementById("more-menu")?.content.querySelector(hook("follow"));
  for (const control of [shown, menu]) {
    if (control?.dataset.member !== shown.dataset.member) continue;
    control.dataset.following = following;
    control.ariaLabel = say(following ? "following_name" : "follow_name", control.dataset);
    control.querySelector("span").textContent = say(following ? "following" : "follow");
    control.querySelector("svg")?.setAttribute("id", following ? "check-small" : "add-small");
  }
};

const acts = {
  "rail-connect": async (control) => {
    control.disabled = true;
    const invitee = await inviteAtOnce(control.value);
    if (invitee) becomePending(control, invitee);
    else control.disabled = false;
  },
  connect: async (control, event) => {
    if (boot.toggles.connect_click === "navigate") return;
    event.preventDefault();
    if (boot.toggles.connect_click === "nothing") return;
    await openInvitation(slugIn(control.href), (invitee) => becomePending(control, invitee));
  },
  pending: async (control, event) => {
    event.preventDefault();
    const row = control.closest("[role=listitem]");
    const link = row ? row.querySelector("a[href^='/in/']") : control;
    await openWithdrawal(link.value || slugIn(link.href), () => (row ? row.remove() : location.reload()));
  },
  message: async (control, event) => {
    if (boot.toggles.message_click === "navigate") return;
    event.preventDefault();
    await openBubble({ id: new URL(control.href).searchParams.get("recipient") });
  },
  follow: (control) => toggleFollowing(control, showFollowing),
};

// Real handlers sit on the controls; listening here serves those that mount late as well.
document.addEventListener("click", (event) => {
  if (!plainClick(event)) return;
  for (const [name, act] of Object.entries(acts)) {
    const control = event.target.closest?.(hook(name));
    if (control) {
      void act(control, event);
      return;
    }
  }
});
