// A post on React: the reaction button, its menu, and the box for a comment.

import { boot, hook, piece, say } from "./page.js";
import { fill, textOf, watch } from "./editor.js";
import { bringByButton, bringByWheel } from "./later_comments.js";
import { comment, load, react, unreact } from "./post_calls.js";
import "./sdui.js";

const NAMES = {
  LIKE: "like",
  PRAISE: "praise",
  APPRECIATION: "support",
  EMPATHY: "empathy",
  INTEREST: "interest",
  ENTERTAINMENT: "entertainment",
};

const icon = (id) => piece("post-icons").querySelector(`[id="${id}"]`);

function show(trigger, reaction) {
  trigger.dataset.state = reaction;
  trigger.ariaLabel = say("reaction_state", { reaction: say(reaction || "no_reaction") });
  const name = reaction ? `${NAMES[reaction]}-consumption-small` : "thumbs-up-outline-small";
  trigger.replaceChildren(icon(name));
}

async function change(trigger, reaction) {
  const before = trigger.dataset.state;
  if (boot.toggles.post_flips === "at_once") show(trigger, reaction);
  const answer = reaction
    ? await react(trigger.value, reaction)
    : await unreact(trigger.value, before);
  show(trigger, answer.ok ? reaction : before);
}

let portal = null;

function openMenu(opener, trigger) {
  portal?.remove();
  portal = document.createElement("div");
  for (const [reaction, name] of Object.entries(NAMES)) {
    const button = document.createElement("button");
    button.ariaLabel = say(reaction);
    button.style.cssText = "border:0;background:none;padding:4px;cursor:pointer";
    button.append(icon(`${name}-consumption-large${name === "praise" ? "-mixed" : ""}`));
    button.onclick = () => {
      portal.remove();
      void change(trigger, reaction);
    };
    portal.append(button);
  }
  const { left, top } = opener.getBoundingClientRect();
  portal.style.cssText =
    "position:fixed;display:flex;gap:4px;padding:6px;border-radius:24px;background:#fff;z-index:30;" +
    "box-shadow:0 4px 12px rgb(0 0 0 / 25%);" +
    `left:${Math.min(left, innerWidth - 260)}px;top:${Math.max(top - 52, 0)}px`;
  document.body.append(portal);
}

function openComposer(place, urn) {
  if (place.firstChild) return;
  const wrapper = document.createElement("div");
  wrapper.dataset.testid = "ui-core-tiptap-text-editor-wrapper";
  const editor = document.createElement("div");
  editor.className = "tiptap ProseMirror";
  editor.contentEditable = "true";
  editor.role = "textbox";
  editor.ariaLabel = say("editor_comment");
  editor.style.cssText = "min-height:40px;border:1px solid #8c8c8c;border-radius:8px;padding:8px;margin-top:8px";
  fill(editor, boot.toggles.comment_draft);
  wrapper.append(editor);
  place.append(wrapper);
  const send = async (button) => {
    const text = textOf(editor);
    button.disabled = true;
    const made = await comment(urn, text).catch(() => null);
    button.disabled = false;
    if (!made) return;
    place.replaceChildren();
    const row = piece("post-words").firstElementChild;
    row.id = `replaceableComment_${made}`;
    row.setAttribute("componentkey", row.id);
    row.firstElementChild.setAttribute("componentkey", `CommentComponentReference_${made}`);
    row.querySelector("[data-testid=expandable-text-box]").textContent = text;
    place.previousElementSibling.prepend(row);
  };
  watch(editor, {
    onEnter: () => false,
    onInput: (text) => {
      const present = wrapper.nextElementSibling;
      if (!text.trim()) present?.remove();
      if (!text.trim() || present) return;
      const section = document.createElement("div");
      section.id = `commentButtonSection-${crypto.randomUUID()}`;
      const button = document.createElement("button");
      button.textContent = say("comment");
      button.onclick = () => send(button);
      section.append(button);
      place.append(section);
    },
  });
  editor.focus();
}

document.addEventListener("click", (event) => {
  const trigger = event.target.closest(hook("react"));
  const menu = event.target.closest(hook("react-menu"));
  const opener = event.target.closest(hook("comment-open"));
  if (trigger) void change(trigger, trigger.dataset.state ? "" : "LIKE");
  if (menu) openMenu(menu, menu.previousElementSibling);
  if (opener) {
    const card = opener.closest("[componentkey]");
    openComposer(card.querySelector(hook("comment-place")), card.querySelector(hook("react")).value);
  }
});

if (boot.toggles.reactions_menu === "hover") {
  let clock = null;
  document.addEventListener("mouseover", (event) => {
    const trigger = event.target.closest(hook("react"));
    clearTimeout(clock);
    if (trigger) clock = setTimeout(() => openMenu(trigger, trigger), 1000);
  });
}

if (boot.post) {
  void load(boot.post);
  const list = document.querySelector(hook("comment-list"));
  if (boot.toggles.comments_more === "button") {
    bringByButton(list.parentElement, list, document.querySelector(hook("more-comments")));
  } else {
    bringByWheel(list.parentElement, list, document.getElementById("workspace"));
  }
}
