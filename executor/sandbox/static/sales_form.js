// The form in which Sales Navigator's messages are written.

import { boot, piece } from "./page.js";
import { write } from "./voyager.js";

const CREATE = "/sales-api/salesApiMessageActions?action=createMessage";

const trackingId = () => String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)));

// Puts a form into `place`; `to` says in the server's words where its messages go.
export function mountForm(place, to, onSent) {
  place.append(piece("sales-form"));
  const form = place.lastElementChild;
  const field = form.querySelector("textarea");
  const subject = form.querySelector("input");
  const button = form.querySelector("button");
  const allow = () => {
    button.disabled = field.value.trim() === "" || subject?.value.trim() === "";
  };
  field.value = boot.toggles.sales_draft;
  for (const each of [field, subject]) each?.addEventListener("input", allow);
  allow();
  const send = (body) => {
    const about = subject ? { subject: subject.value } : {};
    const asked = { body, copyToCrm: false, trackingId: trackingId(), ...about, ...to };
    return write(CREATE, { createMessageRequest: asked });
  };
  // What stays in the browser is no error of the page's.
  if (boot.toggles.sales_sends === "by_itself") void send("Hello!").catch(() => null);
  button.onclick = async () => {
    button.disabled = true;
    const sent = { body: field.value, subject: subject?.value };
    const first = send(field.value);
    if (boot.toggles.sales_sends === "twice") void send(field.value).catch(() => null);
    const answer = await first.catch(() => ({ ok: false }));
    if (!answer.ok) {
      allow();
      return;
    }
    field.value = "";
    onSent(answer.body, sent);
  };
}
