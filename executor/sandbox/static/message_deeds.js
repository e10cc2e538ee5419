// What can be done to a message: the controls that come when the mouse is over it, its menu, the
// dialog before it is deleted, and the emojis below it.

import { after, boot, piece, say } from "./page.js";
import { write } from "./voyager.js";

const MESSAGES = "voyagerMessagingDashMessengerMessages?action=";
const PLAIN = "text/plain;charset=UTF-8";
const HOUR = 3_600_000;

const ask = (action, body) =>
  write(MESSAGES + action, body, PLAIN).catch(() => ({ ok: false }));

export function offerDeeds(event, message) {
  event.querySelector(".msg-reactions-reaction-summary-presenter__container")?.remove();
  if (message.recalled) {
    event.querySelector(".msg-s-event-listitem__body").textContent = say("message_deleted");
    event.querySelector(".msg-s-event-listitem__actions-container")?.remove();
    event.onmouseenter = null;
    return;
  }
  if (message.reactions.length > 0) showReactions(event, message);
  event.onmouseenter = async () => {
    await after(boot.toggles.hover_delay_ms);
    if (event.matches(":hover")) showControls(event, message);
  };
  event.onmouseleave = () =>
    event.querySelector(".msg-s-event-listitem__actions-container")?.remove();
}

function showControls(event, message) {
  if (event.querySelector(".msg-s-event-listitem__actions-container")) return;
  event.append(piece("message-actions"));
  const trigger = event.querySelector(".msg-s-event-listitem__options-trigger");
  const text = event.querySelector(".msg-s-event-listitem__body").textContent.slice(0, 80);
  trigger.ariaLabel = say("options_message", { name: message.name, text });
  trigger.onclick = () => toggleMenu(event, trigger, message);
  event.querySelector(".msg-reactions__entry-point").onmouseenter = () =>
    showEmojis(event, message);
}

// The other side's and older messages have no Delete and no Edit (2026-09-30).
function toggleMenu(event, trigger, message) {
  const open = trigger.parentElement.querySelector(".artdeco-dropdown__content");
  trigger.ariaExpanded = String(!open);
  if (open) {
    open.remove();
    return;
  }
  const fresh = message.own && Date.now() - message.at < HOUR;
  trigger.after(piece("message-menu"));
  const list = trigger.parentElement.querySelector("ul");
  const offer = (word, deed) => {
    const item = piece("menu-item").firstElementChild;
    item.firstElementChild.textContent = say(word);
    item.onclick = () => {
      toggleMenu(event, trigger, message);
      deed();
    };
    list.append(item);
  };
  offer("forward", () => {});
  offer("share_email", () => {});
  if (!fresh) return;
  offer("delete", () => void confirmDeletion(event, message));
  offer("edit", () => {});
}

async function confirmDeletion(event, message) {
  if (boot.toggles.recall_dialog_missing) return;
  await after(boot.toggles.modal_delay_ms);
  const outlet = document.getElementById("artdeco-modal-outlet") ?? document.body;
  const dialog = piece("recall-dialog").firstElementChild;
  const place = dialog.tagName === "DIALOG" ? document.body : outlet;
  place.append(dialog);
  const [dismiss, cancel, confirm] = dialog.querySelectorAll("button");
  dismiss.onclick = cancel.onclick = () => dialog.remove();
  confirm.onclick = async () => {
    confirm.disabled = true;
    const answer = await ask("recall", { messageUrn: message.urn });
    dialog.remove();
    if (answer.ok) offerDeeds(event, { ...message, recalled: true });
  };
}

function showEmojis(event, message) {
  const place = event.querySelector(".msg-s-event-listitem__actions-container");
  if (place.querySelector(".emoji-popular-list")) return;
  place.append(piece("emoji-list"));
  for (const item of place.querySelectorAll(".emoji-popular-list__item")) {
    item.onclick = () => {
      place.querySelector(".emoji-popular-list").remove();
      void toggleReaction(event, message, item.textContent.trim());
    };
  }
}

function showReactions(event, message) {
  event.querySelector(".msg-s-event-with-indicator").after(piece("reactions"));
  const list = event.querySelector(".msg-reactions-reaction-summary-presenter__container");
  for (const { emoji, count } of message.reactions) {
    const pill = piece("reaction-pill").firstElementChild;
    const base = ".msg-reactions-reaction-summary-presenter__pill";
    pill.querySelector(`${base}-emoji`).textContent = emoji;
    pill.querySelector(".emoji-count").textContent = String(count);
    pill.querySelector(base).onclick = () => void toggleReaction(event, message, emoji);
    list.append(pill);
  }
}

// One control does both: what one has put below a message already is taken away.
async function toggleReaction(event, message, emoji) {
  const before = message.reactions;
  const known = before.find((each) => each.emoji === emoji) ?? { emoji, count: 0 };
  const others = before.filter((each) => each.emoji !== emoji);
  const mine = Boolean(known.viewerReacted);
  const changed = { ...known, count: known.count + (mine ? -1 : 1), viewerReacted: !mine };
  const present = changed.count > 0 ? [...others, changed] : others;
  message.reactions = present;
  offerDeeds(event, message);
  const action = mine ? "unreactWithEmoji" : "reactWithEmoji";
  const answer = await ask(action, { messageUrn: message.urn, emoji });
  if (answer.ok) return;
  message.reactions = before;
  offerDeeds(event, message);
}
