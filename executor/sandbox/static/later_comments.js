// The comments that a post's page does not show at first, some more each time.

import { after, boot, hook } from "./page.js";

const NEAR = 400;
const STAYS_MS = 500;

async function bring(place, list) {
  const waiting = place.querySelector(`template${hook("later-comments")}`);
  if (!waiting || waiting.dataset.coming) return;
  waiting.dataset.coming = "yes";
  await after(boot.toggles.section_delay_ms);
  list.append(waiting.content);
  waiting.remove();
}

const isLast = (place) => !place.querySelector(`template${hook("later-comments")}`);

export function bringByButton(place, list, button) {
  button?.addEventListener("click", async () => {
    await bring(place, list);
    if (isLast(place)) button.remove();
  });
}

// Scripts cannot turn the wheel, and what they scroll brings nothing.
export function bringByWheel(place, list, scroller) {
  let turned = -Infinity;
  const look = async () => {
    const left = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    if (performance.now() - turned > STAYS_MS || left > NEAR || isLast(place)) return;
    const passed = [...list.children];
    await bring(place, list);
    for (const row of passed.slice(0, -2)) {
      row.style.height = `${row.offsetHeight}px`;
      row.removeAttribute("id");
      row.removeAttribute("componentkey");
      row.replaceChildren();
    }
  };
  scroller.addEventListener("wheel", (event) => {
    if (event.isTrusted) turned = performance.now();
    void look();
  });
  scroller.addEventListener("scroll", look);
}
