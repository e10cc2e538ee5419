// The list of conversations: ten rows drawn, the rest when scrolled to, twenty on a page.

import { isStarred, offerRowDeeds } from "./conversation_deeds.js";
import { boot, piece, say } from "./page.js";
import { query } from "./conversation.js";
import { encode } from "./voyager.js";

const DRAWN = 10;
const day = new Intl.DateTimeFormat(boot.language, { month: "short", day: "numeric" });

export function partnerOf(conversation) {
  const other = conversation.conversationParticipants.find(
    (each) => each.hostIdentityUrn !== boot.me.urn,
  );
  const member = other.participantType.member;
  return {
    id: other.hostIdentityUrn.split(":").pop(),
    urn: other.hostIdentityUrn,
    name: `${member.firstName.text} ${member.lastName.text}`.trim(),
    firstName: member.firstName.text,
    headline: member.headline?.text ?? "",
    connected: member.distance === "DISTANCE_1",
    conversationUrn: conversation.entityUrn,
    starred: isStarred(conversation),
    gate: conversation.disabledFeatures[0]?.reason ?? null,
    draft: conversation.draft ?? "",
    draftFiles: conversation.draftFiles ?? [],
  };
}

function draw(row, conversation) {
  const partner = partnerOf(conversation);
  row.classList.remove("msg-conversation-card--occluded");
  row.replaceChildren(...piece("inbox-row").firstElementChild.childNodes);
  const find = (name) => row.querySelector(`.msg-conversation-card__${name}`);
  row.querySelector("label").ariaLabel = say("select_conversation", { names: partner.name });
  row.querySelector(".msg-avatar").textContent = [...partner.name][0];
  row.querySelector(".presence-entity").hidden = !partner.connected;
  find("participant-names").firstElementChild.textContent = partner.name;
  find("time-stamp").textContent = day.format(conversation.lastActivityAt);
  row.querySelector(".msg-thread-actions__control .visually-hidden").textContent = say(
    "options_list",
    { names: partner.name },
  );
  offerRowDeeds(row, conversation, partner.name, () => draw(row, conversation));
  const last = conversation.messages.elements[0];
  const own = last?.sender.hostIdentityUrn === boot.me.urn;
  const text = (last?.body.text ?? "").replaceAll("\n", " ");
  find("message-snippet").textContent = own ? say("you_said", { text }) : text;
  const sort = conversation.categories.includes("INMAIL") ? "InMail" : null;
  const pill = conversation.sponsored ? say("sponsored") : sort;
  find("pill").hidden = !pill;
  find("pill").textContent = pill ?? "";
  if (conversation.unreadCount) {
    find("unread-count").hidden = false;
    find("unread-count").querySelector(".notification-badge__count").textContent =
      conversation.unreadCount;
    find("unread-count").querySelector("[data-test-notification-a11y]").textContent = say(
      "new_notifications",
      { n: conversation.unreadCount },
    );
    find("convo-item-container").classList.add(
      "msg-conversation-card__convo-item-container--unread",
    );
    find("message-snippet").classList.add("msg-conversation-card__message-snippet--unread");
    find("participant-names").classList.add("t-bold");
  }
}

export class Inbox {
  constructor(onOpen) {
    this.list = document.querySelector(".msg-conversations-container__conversations-list");
    this.more = document.querySelector(".msg-conversations-container__load-more");
    this.onOpen = onOpen;
    this.active = null;
    this.more.onclick = () => this.#page(this.cursor);
    this.watcher = new IntersectionObserver((seen) => {
      for (const each of seen.filter((entry) => entry.isIntersecting)) this.#draw(each.target);
    });
  }

  #draw(row) {
    if (!row.classList.contains("msg-conversation-card--occluded")) return;
    this.watcher.unobserve(row);
    draw(row, row.conversation);
  }

  async #page(cursor) {
    const list = "predicateUnions:List((conversationCategoryPredicate:(category:PRIMARY_INBOX)))";
    const next = cursor ? `,nextCursor:${encode(cursor)}` : "";
    const variables = `query:(${list}),count:20,mailboxUrn:${encode(boot.me.urn)}${next}`;
    const answer = await query("messengerConversations", variables);
    for (const conversation of answer.elements) {
      const row = document.createElement("li");
      row.className =
        "msg-conversation-listitem msg-conversations-container__convo-item " +
        "msg-conversation-card--occluded";
      row.conversation = conversation;
      this.list.append(row);
      if (this.list.children.length <= DRAWN) this.#draw(row);
      else this.watcher.observe(row);
      row.onclick = (event) => {
        if (event.target.closest(".msg-conversation-listitem__link")) {
          this.onOpen(partnerOf(row.conversation));
        }
      };
    }
    this.cursor = answer.metadata.nextCursor;
    this.more.hidden = !this.cursor;
    this.mark(this.active);
    return answer;
  }

  async load() {
    this.list.replaceChildren();
    return this.#page(null);
  }

  // Shows which conversation is open; an open one is no longer unread.
  mark(urn) {
    this.active = urn;
    for (const row of this.list.children) {
      const link = row.querySelector(".msg-conversation-listitem__link");
      const active = row.conversation.entityUrn === urn;
      link?.classList.toggle("msg-conversations-container__convo-item-link--active", active);
      if (active && row.conversation.unreadCount) {
        row.conversation.unreadCount = 0;
        draw(row, row.conversation);
        this.mark(urn);
      }
    }
  }
}
