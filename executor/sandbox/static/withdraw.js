// The confirmation before an invitation is withdrawn: a native dialog fetched from the server.

import { boot, hook, say } from "./page.js";
import { changeInvitation } from "./invitation_calls.js";
import { reactToast } from "./toast.js";
import { fragment } from "./voyager.js";

export async function openWithdrawal(slug, onDone) {
  if (boot.toggles.withdraw_dialog_missing) return;
  const wanted = encodeURIComponent(slug);
  const parts = await fragment(`/flagship-web/rsc-action/withdraw-dialog?vanityName=${wanted}`);
  const dialog = parts?.firstElementChild;
  if (!dialog) return;
  document.body.append(dialog);
  const close = () => dialog.remove();
  dialog.querySelector(hook("dismiss")).onclick = close;
  dialog.querySelector(hook("cancel-note")).onclick = close;
  const confirm = dialog.querySelector(hook("withdraw"));
  const invitee = JSON.parse(parts.querySelector("script").textContent);
  confirm.onclick = async () => {
    confirm.disabled = true;
    const answer = await changeInvitation("withdraw", confirm.value, invitee).catch(() => null);
    if (!answer?.ok) {
      confirm.disabled = false;
      reactToast(say("toast_not_withdrawn", { first: invitee.first }));
      return;
    }
    close();
    reactToast(say("toast_withdrawn", { first: invitee.first }));
    onDone?.();
  };
}
