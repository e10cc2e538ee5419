// The confirmation before an invitation is withdrawn: a native dialog fetched from the server.

import { hook, say } from "./page.js";
import { reactToast } from "./toast.js";
import { fragment, serverRequest } from "./voyager.js";

export async function openWithdrawal(slug, onDone) {
  const wanted = encodeURIComponent(slug);
  const parts = await fragment(`/flagship-web/rsc-action/withdraw-dialog?vanityName=${wanted}`);
  const dialog = parts?.querySelector("dialog");
  if (!dialog) return;
  document.body.append(dialog);
  const close = () => dialog.remove();
  dialog.querySelector(hook("dismiss")).onclick = close;
  dialog.querySelector(hook("cancel-note")).onclick = close;
  const confirm = dialog.querySelector(hook("withdraw"));
  const first = parts.querySelector("script")?.textContent ?? "";
  confirm.onclick = async () => {
    confirm.disabled = true;
    const path =
      "/flagship-web/rsc-action/actions/server-request" +
      "?sduiid=com.linkedin.sdui.requests.mynetwork.withdrawInvitation";
    const answer = await serverRequest(path, { invitation: confirm.value }).catch(() => null);
    if (!answer?.ok) {
      confirm.disabled = false;
      reactToast(say("toast_not_withdrawn", { first: JSON.parse(first) }));
      return;
    }
    close();
    reactToast(say("toast_withdrawn", { first: JSON.parse(first) }));
    onDone?.();
  };
}
