// What a lazy page brings only when its scroll container comes near its end. The page holds it all
// along, but shows it when the server has answered, which is as slow as the toggles say.

import { hook } from "./page.js";
import { serverRequest } from "./voyager.js";

const PAGINATION = "/flagship-web/rsc-action/actions/pagination";

export function bringLate(scroller, bring) {
  const waiting = [...document.querySelectorAll(`template${hook("late")}`)];
  let busy = false;
  const look = async () => {
    const left = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    if (busy || !waiting.length || left > 200) return;
    busy = true;
    await serverRequest(PAGINATION);
    bring(waiting.shift().content);
    busy = false;
    // A short piece leaves the end in sight.
    await look();
  };
  // The document tells of the scrolling of what it scrolls by itself.
  const teller = scroller === document.scrollingElement ? document : scroller;
  teller.addEventListener("scroll", look);
  return look();
}
