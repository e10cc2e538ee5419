// Notices: Ember's in the shadow root, React's in the toast region that moves into open dialogs.

import { boot, hook, interopRoot, say } from "./page.js";

function emberToast(text, kind) {
  const root = interopRoot() ?? document.getElementById("artdeco-toasts-wormhole");
  let list = root.querySelector(".artdeco-toasts__wormhole");
  if (!list) {
    const section = document.createElement("section");
    section.className = "artdeco-toasts";
    list = document.createElement("ul");
    list.className = "artdeco-toasts__wormhole";
    section.append(list);
    root.append(section);
  }
  const item = document.createElement("li");
  item.className = `artdeco-toast-item artdeco-toast-item--visible`;
  item.setAttribute("data-test-artdeco-toast-item-type", kind);
  const message = document.createElement("p");
  message.className = "artdeco-toast-item__message";
  message.textContent = text;
  const close = document.createElement("button");
  close.className = "artdeco-toast-item__dismiss";
  close.ariaLabel = say("dismiss");
  close.textContent = "×";
  close.onclick = () => item.remove();
  item.append(message, close);
  list.append(item);
}

export function reactToast(text) {
  const regions = [...document.querySelectorAll(hook("toast-region"))];
  if (regions.length === 0) {
    emberToast(text, "success");
    return;
  }
  const region = regions.find((each) => each.closest("dialog[open]")) ?? regions[0];
  const alert = document.createElement("div");
  alert.setAttribute("role", "alert");
  const message = document.createElement("p");
  message.textContent = text;
  alert.append(message);
  region.querySelector(hook("toast-list")).replaceChildren(alert);
  region.querySelector("[data-testid=toasts-title]").textContent = say("notifications_one");
}

export function toast(text, kind = "success") {
  const react = document.querySelector(hook("toast-region"));
  if (boot.toggles.toasts === "sdui" && react) reactToast(text);
  else emberToast(text, kind);
}
