"use strict";
// Every page works without this file. It brings what is live up to date, shows times in the
// reader's own zone, and asks before a key is revoked.

const EVERY_MS = 4000;

function localise(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    const sameDay = at.toDateString() === new Date().toDateString();
    time.title = time.textContent;
    time.textContent = at.toLocaleString(
      [],
      sameDay ? { timeStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" },
    );
  }
}

// What a person is using right now stays as it is.
function isInUse(live) {
  const chosen = document.getSelection();
  return (
    live.contains(document.activeElement) ||
    live.querySelector("details[open]") !== null ||
    (chosen !== null && !chosen.isCollapsed && live.contains(chosen.anchorNode))
  );
}

async function bringUpToDate(live, shown) {
  if (document.hidden || isInUse(live)) return shown;
  const answer = await fetch(location.href, { headers: { "X-Live": "1" }, cache: "no-store" });
  if (answer.status === 401) {
    location.reload();
    return shown;
  }
  if (!answer.ok) return shown;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-live]");
  if (fresh === null || fresh.innerHTML === shown || isInUse(live)) return shown;
  const text = fresh.innerHTML;
  localise(fresh);
  live.replaceChildren(...fresh.childNodes);
  return text;
}

function keepLive(live) {
  let shown = live.innerHTML;
  const again = async () => {
    try {
      shown = await bringUpToDate(live, shown);
    } catch {
      // The server may be restarting; the next look tells.
    }
    setTimeout(again, EVERY_MS);
  };
  setTimeout(again, EVERY_MS);
}

const live = document.querySelector("[data-live]");
if (live !== null) keepLive(live);
localise(document);

for (const form of document.querySelectorAll("form[data-asks]")) {
  form.addEventListener("submit", (event) => {
    if (!confirm(form.dataset.asks)) event.preventDefault();
  });
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    button.textContent = "Copied";
  });
}
