// A member's page in Sales Navigator, and the dialog in which a conversation is begun.

import { after, boot, piece } from "./page.js";
import { mountForm } from "./sales_form.js";

const { lead } = boot;
const outlet = document.getElementById("message-overlay");
const day = new Intl.DateTimeFormat(boot.language, { month: "short", day: "numeric" });

function showMessage(list, { author, text, at, subject }) {
  const item = piece("sales-message").firstElementChild;
  item.querySelector("[data-anonymize]").textContent = author;
  item.querySelector("time").textContent = day.format(at);
  item.querySelector("h4").textContent = subject ?? "";
  item.querySelector("p").textContent = text;
  list.append(item);
}

async function openDialog() {
  if (outlet.firstElementChild) return;
  outlet.append(piece("sales-dialog"));
  const dialog = outlet.lastElementChild;
  const list = dialog.querySelector("ul");
  for (const each of lead.messages) showMessage(list, each);
  if (lead.gate === "none_left") {
    dialog.append(piece("sales-none-left"));
    return;
  }
  await after(boot.toggles.composer_delay_ms);
  const recipients = [boot.toggles.sales_sends === "elsewhere" ? lead.another : lead.urn];
  const to = lead.thread ? { threadId: lead.thread } : { recipients };
  mountForm(dialog, to, (_, sent) => {
    dialog.querySelector("form").remove();
    showMessage(list, { author: boot.me.name, text: sent.body, at: Date.now(), subject: sent.subject });
  });
}

await after(boot.toggles.sales_message_delay_ms);
if (lead.gate !== "closed") {
  const actions = document.querySelector(".sales-actions");
  actions.append(piece("sales-message-button"));
  actions.lastElementChild.onclick = () => void openDialog();
}
