// The form under a conversation: editor, attachments, Send, and the Press Enter to Send preference.

import { Attachments } from "./attachments.js";
import { boot, piece, say } from "./page.js";
import { fill, textOf, watch } from "./editor.js";
import { write } from "./voyager.js";

const TYPING_MS = 3000;
let toldAt = -TYPING_MS;

// Others see that somebody types; the page says so anew only after a while.
function tellNowAndThen(onTyping) {
  if (performance.now() - toldAt < TYPING_MS) return;
  toldAt = performance.now();
  onTyping?.();
}

function nameAttachments(form, partner) {
  for (const button of form.querySelectorAll("button[data-kind]")) {
    const kind = button.dataset.kind;
    delete button.dataset.kind;
    button.ariaLabel = partner.conversationUrn
      ? say(`attach_${kind}`, { name: partner.name })
      : say(`attach_${kind}_draft`);
    button.onclick = () => button.previousElementSibling.click();
  }
}

function offerSendOptions(form, mount) {
  const toggle = form.querySelector(".msg-form__send-toggle");
  const card = form.querySelector(".msg-form__hovercard");
  toggle.onclick = () => {
    card.hidden = !card.hidden;
    toggle.ariaExpanded = String(!card.hidden);
  };
  for (const radio of card.querySelectorAll("input")) {
    radio.checked = (radio.value === "enter") === boot.pressEnterToSend;
    radio.onchange = async () => {
      boot.pressEnterToSend = radio.value === "enter";
      await write("voyagerMessagingDashMessagingSettings", {
        pressEnterToSend: boot.pressEnterToSend,
      });
      mount();
    };
  }
}

// Puts a composer into `place`; `onSend` gets text and files after the editor was emptied.
export function mountComposer(
  place,
  partner,
  { overlay = false, draft = "", draftFiles = [], onSend, onTyping },
) {
  const form = document.createElement(overlay ? "div" : "form");
  form.className = "msg-form";
  place.append(form);

  const mount = (kept) => {
    form.replaceChildren(piece("composer"));
    const editor = form.querySelector(".msg-form__contenteditable");
    const button = form.querySelector(".msg-form__send-button");
    const hint = form.querySelector(".msg-form__placeholder");
    const allow = (text) => {
      hint.hidden = text !== "";
      button.disabled = attachments.isBusy || (text.trim() === "" && attachments.isEmpty);
    };
    const attachments = new Attachments(form, () => allow(textOf(editor)));
    for (const file of draftFiles) attachments.add(file);
    const send = () => {
      const text = textOf(editor);
      if (attachments.isBusy || (text.trim() === "" && attachments.isEmpty)) return;
      const files = attachments.take();
      fill(editor, "");
      allow("");
      onSend(text, files);
    };
    if (kept) fill(editor, kept);
    allow(kept);
    // With the preference on, the button is not there at all; only the toggle is.
    if (boot.pressEnterToSend) button.remove();
    watch(editor, {
      onInput: (text) => {
        allow(text);
      },
      onKey: () => tellNowAndThen(onTyping),
      onEnter: () => {
        if (boot.pressEnterToSend) send();
        return boot.pressEnterToSend;
      },
    });
    button.onclick = (event) => {
      event.preventDefault();
      send();
    };
    form.onsubmit = (event) => event.preventDefault();
    nameAttachments(form, partner);
    offerSendOptions(form, () => mount(textOf(editor)));
    if (boot.toggles.drag_overlay) coverWithDropZone(form);
  };
  mount(draft);
  return form;
}

function coverWithDropZone(form) {
  const zone = document.createElement("div");
  zone.className = "msg-form__attachment-drag-overlay";
  zone.textContent = say("drop_here");
  form.append(zone);
}
