// The invitation dialog: two steps, mounted late, and the request that it makes.

import { after, boot, hook, interopRoot, say } from "./page.js";
import { toast } from "./toast.js";
import { fragment, write } from "./voyager.js";

const CREATE =
  "voyagerRelationshipsDashMemberRelationships?action=verifyQuotaAndCreateV2" +
  "&decorationId=com.linkedin.voyager.dash.deco.relationships.InvitationCreationResultWithInvitee-2";

// Ember pages have no shadow root: their dialogs always mount in the light.
function outlet() {
  const root = boot.toggles.invite_outlet === "interop" ? interopRoot() : null;
  return root ?? document.getElementById("artdeco-modal-outlet");
}

let open = null;

function close() {
  open?.remove();
  open = null;
}

function show(parts, id) {
  close();
  const step = parts.querySelector(`#${id}`).content.cloneNode(true);
  open = step.firstElementChild;
  outlet().append(open);
  open.querySelector(hook("dismiss")).onclick = close;
  const gotIt = open.querySelector(hook("got-it"));
  if (gotIt) gotIt.onclick = close;
  return open;
}

function explain(answer, invitee) {
  const code = answer.body?.data?.code ?? answer.body?.code;
  if (code === "CANT_RESEND_YET") toast(say("toast_resend", { name: invitee.name }), "error");
  else if (code === "TOO_MANY_PENDING_INVITATIONS") toast(say("toast_out"), "error");
  else toast(say("toast_unable"), "error");
}

async function send(parts, invitee, { note, email, onSent }) {
  if (invitee.refused) {
    close();
    toast(say("toast_resend", { name: invitee.name }), "error");
    return;
  }
  const body = { invitee: { inviteeUnion: { memberProfile: invitee.urn } } };
  if (note) body.customMessage = note;
  if (email) body.inviteeEmail = email;
  let answer;
  try {
    answer = await write(CREATE, body);
  } catch {
    answer = { ok: false, status: 0, body: null };
  }
  close();
  if (!answer.ok) {
    explain(answer, invitee);
    return;
  }
  toast(say("toast_invited", { name: invitee.name }));
  if (invitee.warn) show(parts, "warning");
  onSent?.(invitee);
}

const allow = (button, allowed) => {
  button.disabled = !allowed;
  button.classList.toggle("artdeco-button--disabled", !allowed);
  if (allowed) button.removeAttribute("aria-disabled");
};

function gate(parts, invitee, onSent) {
  const step = show(parts, "gate");
  const plain = step.querySelector(hook("send-plain"));
  const email = step.querySelector(hook("email"));
  if (email) email.oninput = () => allow(plain, email.checkValidity() && email.value !== "");
  if (!plain) return;
  plain.onclick = () => send(parts, invitee, { email: email?.value, onSent });
  step.querySelector(hook("add-note")).onclick = () => noteStep(parts, invitee, onSent);
}

function noteStep(parts, invitee, onSent) {
  const step = show(parts, "note");
  const text = step.querySelector(hook("note-text"));
  if (!text) return;
  const button = step.querySelector(hook("send-note"));
  const email = step.querySelector(hook("email"));
  const counter = step.querySelector(hook("counter"));
  const check = () => {
    counter.textContent = `${text.value.length}/${text.maxLength}`;
    const known = !email || (email.value !== "" && email.checkValidity());
    allow(button, text.value.trim() !== "" && known);
  };
  text.oninput = check;
  if (email) email.oninput = check;
  step.querySelector(hook("cancel-note")).onclick = () => gate(parts, invitee, onSent);
  button.onclick = () => send(parts, invitee, { note: text.value, email: email?.value, onSent });
  text.focus();
}

// Fetch the dialog of the member with this slug and show it, as late as the real one.
export async function openInvitation(slug, onSent) {
  if (boot.toggles.invite_dialog_missing) return;
  const wanted = encodeURIComponent(slug);
  const parts = await fragment(`/preload/custom-invite/modal?vanityName=${wanted}`);
  const invitee = parts && JSON.parse(parts.querySelector("script").textContent);
  if (!invitee) return;
  await after(boot.toggles.modal_delay_ms);
  gate(parts, invitee, onSent);
}

// Suggestions outside profiles send at the first click, without any dialog.
export async function inviteAtOnce(slug) {
  const parts = await fragment(
    `/preload/custom-invite/modal?vanityName=${encodeURIComponent(slug)}`,
  );
  const invitee = parts && JSON.parse(parts.querySelector("script").textContent);
  if (!invitee) return null;
  const body = { invitee: { inviteeUnion: { memberProfile: invitee.urn } } };
  const answer = await write(CREATE, body);
  if (!answer.ok) explain(answer, invitee);
  return answer.ok ? invitee : null;
}
