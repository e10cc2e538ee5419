// A post on the classic page: the reaction button, its flyout, and the box for a comment.

import { boot, piece, say } from "./page.js";
import { fill, textOf, watch } from "./editor.js";
import { bringByButton } from "./later_comments.js";
import { comment, load, react, unreact } from "./post_calls.js";

function show(trigger, reaction) {
  trigger.dataset.state = reaction;
  trigger.ariaPressed = String(Boolean(reaction));
  trigger.ariaLabel = say(reaction ? "unreact" : "react", { reaction: say(reaction || "LIKE") });
}

async function change(trigger, reaction) {
  const before = trigger.dataset.state;
  if (boot.toggles.post_flips === "at_once") show(trigger, reaction);
  const answer = reaction
    ? await react(trigger.value, reaction)
    : await unreact(trigger.value, before);
  show(trigger, answer.ok ? reaction : before);
}

for (const group of document.querySelectorAll(".feed-shared-social-action-bar .reactions-react-button")) {
  const trigger = group.querySelector(".react-button__trigger");
  const menu = group.querySelector(".reactions-menu");
  trigger.onclick = () => change(trigger, trigger.dataset.state ? "" : "LIKE");
  // The flyout comes to those who rest on the button for a while.
  let clock = null;
  group.onmouseenter = () => {
    clock = setTimeout(() => (menu.hidden = false), 1000);
  };
  group.onmouseleave = () => {
    clearTimeout(clock);
    menu.hidden = true;
  };
  for (const choice of menu.children) choice.onclick = () => change(trigger, choice.value);
}

for (const form of document.querySelectorAll(".comments-comment-box")) {
  const editor = form.querySelector(".ql-editor");
  const urn = form.closest("[data-urn]").dataset.urn;
  if (boot.toggles.comment_draft) fill(editor, boot.toggles.comment_draft);
  form.onsubmit = (event) => event.preventDefault();
  const send = async (button) => {
    const text = textOf(editor);
    button.disabled = true;
    const made = await comment(urn, text).catch(() => null);
    button.disabled = false;
    if (!made) return;
    fill(editor, "");
    button.remove();
    const row = piece("post-words").firstElementChild;
    row.dataset.id = made;
    row.querySelector(".comments-comment-item__main-content").textContent = text;
    form.nextElementSibling.prepend(row);
  };
  watch(editor, {
    onEnter: () => false,
    onInput: (text) => {
      const present = form.querySelector("button");
      if (!text.trim()) present?.remove();
      if (!text.trim() || present) return;
      const button = document.createElement("button");
      button.className = "comments-comment-box__submit-button--cr artdeco-button";
      button.textContent = `\n\n  ${say("comment")}\n\n`;
      button.onclick = () => send(button);
      form.append(button);
    },
  });
}

if (boot.post) {
  void load(boot.post);
  const list = document.querySelector(".comments-comments-list");
  const more = ".comments-comments-list__load-more-comments-button--cr";
  bringByButton(list.parentElement, list, list.parentElement.querySelector(more));
}
