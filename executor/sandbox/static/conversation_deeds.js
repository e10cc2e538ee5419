// What can be done to a conversation without opening it: its star, and the menu of its row.

import { piece, say } from "./page.js";
import { encode, write } from "./voyager.js";

const CONVERSATIONS = "voyagerMessagingDashMessengerConversations";
const STARRED = "STARRED";

export const isStarred = (conversation) => conversation.categories.includes(STARRED);

const ask = (path, body) => write(CONVERSATIONS + path, body).catch(() => ({ ok: false }));

const changeCategory = (urn, category, add) =>
  ask(`?action=${add ? "addCategory" : "removeCategory"}`, { conversationUrns: [urn], category });

const patch = (urn, change) =>
  ask(`?ids=List(${encode(urn)})`, { entities: { [urn]: { patch: { $set: change } } } });

function showStar(star, starred) {
  star.ariaLabel = say(starred ? "unstar" : "star");
  star.textContent = starred ? "★" : "☆";
}

export function offerStar(star, partner) {
  showStar(star, partner.starred);
  star.onclick = async () => {
    partner.starred = !partner.starred;
    showStar(star, partner.starred);
    const answer = await changeCategory(partner.conversationUrn, STARRED, partner.starred);
    if (answer.ok) return;
    partner.starred = !partner.starred;
    showStar(star, partner.starred);
  };
}

async function star(conversation, redraw) {
  const add = !isStarred(conversation);
  const answer = await changeCategory(conversation.entityUrn, STARRED, add);
  if (!answer.ok) return;
  const others = conversation.categories.filter((each) => each !== STARRED);
  conversation.categories = add ? [...others, STARRED] : others;
  redraw();
}

async function markRead(conversation, read, redraw) {
  const answer = await patch(conversation.entityUrn, { read });
  if (!answer.ok) return;
  conversation.unreadCount = read ? 0 : 1;
  redraw();
}

export function offerRowDeeds(row, conversation, names, redraw) {
  const unread = conversation.unreadCount > 0;
  const image = row.querySelector(".msg-conversation-card__star");
  showStar(image, isStarred(conversation));
  image.onclick = () => void star(conversation, redraw);
  const control = row.querySelector(".msg-thread-actions__control");
  const menu = row.querySelector(".msg-thread-actions__dropdown-options--inbox-shortcuts");
  const deeds = [
    [unread ? "mark_read" : "mark_unread", () => markRead(conversation, unread, redraw)],
    [isStarred(conversation) ? "unstar_short" : "star_short", () => star(conversation, redraw)],
    ["mute", () => {}],
    ["archive", () => changeCategory(conversation.entityUrn, "ARCHIVE", true)],
    ["delete_conversation", () => {}],
    ["report_conversation", () => {}],
  ];
  control.onclick = () => {
    menu.hidden = !menu.hidden;
    menu.ariaHidden = String(menu.hidden);
    control.ariaExpanded = String(!menu.hidden);
    menu.replaceChildren();
    if (menu.hidden) return;
    menu.append(document.createElement("ul"));
    for (const [word, deed] of deeds) {
      const item = piece("menu-item").firstElementChild;
      item.firstElementChild.textContent = say(word, { names });
      item.onclick = () => {
        control.onclick();
        void deed();
      };
      menu.firstElementChild.append(item);
    }
  };
}
