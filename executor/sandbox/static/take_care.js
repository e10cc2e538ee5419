// "Take care when connecting": a second question before an invitation is accepted.

import { boot, hook, piece } from "./page.js";

export function whenSure(accept) {
  if (!boot.toggles.take_care) return accept();
  const dialog = piece("take-care").firstElementChild;
  document.body.append(dialog);
  dialog.querySelector(hook("dismiss")).onclick = () => dialog.remove();
  dialog.querySelector(hook("accept-anyway")).onclick = () => {
    dialog.remove();
    void accept();
  };
}
