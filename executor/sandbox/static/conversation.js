// The messages of one conversation: reading them piece by piece, the placeholder, and what becomes
// of it.

import { offerDeeds } from "./message_deeds.js";
import { after, boot, piece, say } from "./page.js";
import { encode, read, write } from "./voyager.js";

const GRAPHQL = "voyagerMessagingGraphQL/graphql?queryId=";
const CREATE = "voyagerMessagingDashMessengerMessages?action=createMessage";
const CONVERSATIONS = "voyagerMessagingDashMessengerConversations";

const clock = new Intl.DateTimeFormat(boot.language, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(boot.language, { month: "short", day: "numeric" });

export const threadOf = (urn) => urn.slice(urn.indexOf(",") + 1, -1);

export async function query(name, variables) {
  const normalized = boot.toggles.messaging_answers === "normalized";
  const accept = normalized
    ? "application/vnd.linkedin.normalized+json+2.1"
    : "application/graphql";
  const path = `${GRAPHQL}${name}.${boot.build}&variables=(${variables})`;
  const answer = await read(path, accept);
  if (!answer.ok) return { ok: false, elements: [], metadata: {} };
  const data = normalized ? answer.body.data.data : answer.body.data;
  const found = Object.values(data)[0];
  const known = new Map((answer.body.included ?? []).map((each) => [each.entityUrn, each]));
  const elements = found.elements ?? found["*elements"].map((urn) => known.get(urn));
  return { ok: true, elements, metadata: found.metadata ?? {} };
}

export const markRead = (urn) =>
  write(`${CONVERSATIONS}?ids=List(${encode(urn)})`, {
    entities: { [urn]: { patch: { $set: { read: true } } } },
  });

export const tellTyping = (urn) =>
  write(`${CONVERSATIONS}?action=typing`, { conversationUrn: urn });

const PIECE = 20;

const randomBytes = () => String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)));

function showFiles(item, contents) {
  const list = item.querySelector(".msg-s-event-listitem__files");
  list.hidden = contents.length === 0;
  const rows = contents.map(({ file, vectorImage }) => {
    const row = document.createElement("li");
    row.textContent = file ? file.name : vectorImage.artifacts[0].fileIdentifyingUrlPathSegment;
    return row;
  });
  list.replaceChildren(...rows);
}

export class Conversation {
  constructor(place, partner) {
    place.append(piece("message-list"));
    this.list = place.querySelector(".msg-s-message-list-content");
    this.scroller = place.querySelector(".msg-s-message-list");
    this.partner = partner;
    this.run = { sender: null, day: null };
    this.oldest = null;
  }

  async load() {
    const urn = this.partner.conversationUrn;
    const answer = await query("messengerMessages", `conversationUrn:${encode(urn)}`);
    for (const message of answer.elements) this.#show(message, this.run, this.list.lastElementChild);
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#loadOlderAtTheTop(answer.elements);
    return answer.ok;
  }

  // Older messages come in when the top of the list comes into view.
  #loadOlderAtTheTop(elements) {
    this.oldest = elements.length < PIECE ? null : elements[0].deliveredAt;
    const top = this.list.querySelector(".msg-s-message-list__top-of-list");
    const watch = new IntersectionObserver(
      (seen) => {
        if (!seen.some((each) => each.isIntersecting) || !top.isConnected) return;
        watch.disconnect();
        void this.#loadOlder(top);
      },
      { root: this.scroller },
    );
    if (this.oldest) watch.observe(top);
  }

  async #loadOlder(top) {
    const urn = encode(this.partner.conversationUrn);
    const answer = await query(
      "messengerMessages",
      `deliveredAt:${this.oldest},conversationUrn:${urn},countBefore:${PIECE},countAfter:0`,
    );
    const run = { sender: null, day: null };
    const height = this.scroller.scrollHeight;
    let last = top;
    for (const message of answer.elements) last = this.#show(message, run, last);
    this.scroller.scrollTop += this.scroller.scrollHeight - height;
    this.#loadOlderAtTheTop(answer.elements);
  }

  #show(message, run, previous) {
    const sender = message.sender.hostIdentityUrn;
    const item = this.#add(message.body.text, sender, message.deliveredAt, run, previous);
    showFiles(item, message.renderContent);
    this.#settle(item, message.entityUrn, message.deliveredAt, sender === boot.me.urn, message);
    return item;
  }

  #add(text, sender, at, run, previous) {
    const item = piece("message-event").firstElementChild;
    const event = item.querySelector(".msg-s-event-listitem");
    const own = sender === boot.me.urn;
    const name = own ? boot.me.name : this.partner.name;
    event.classList.toggle("msg-s-event-listitem--other", !own);
    item.querySelector(".msg-s-event-listitem__body").textContent = text;
    const heading = item.querySelector(".msg-s-message-list__time-heading");
    if (day.format(at) === run.day) heading.remove();
    else heading.textContent = day.format(at);
    run.day = day.format(at);
    const meta = item.querySelector(".msg-s-message-group__meta");
    if (sender === run.sender) meta.remove();
    else {
      const id = own ? boot.me.id : this.partner.id;
      meta.querySelector("a").href = `/in/${id}`;
      meta.querySelector(".msg-s-message-group__name").textContent = name;
      meta.querySelector(".msg-s-message-group__timestamp").textContent = clock.format(at);
    }
    run.sender = sender;
    previous.after(item);
    return item;
  }

  #settle(item, urn, at, own, message = {}) {
    const event = item.querySelector(".msg-s-event-listitem");
    event.setAttribute("data-event-urn", urn);
    offerDeeds(event, {
      urn,
      at,
      own,
      name: own ? boot.me.name : this.partner.name,
      reactions: message.reactionSummaries ?? [],
      recalled: message.messageBodyRenderFormat === "RECALLED",
    });
    if (own) this.#indicate(item, "sent", say("sent_at", { time: clock.format(at) }));
  }

  #indicate(item, state, title) {
    const base = "msg-s-event-with-indicator__sending-indicator";
    const indicator = item.querySelector(`.${base}`);
    indicator.hidden = false;
    indicator.className = `${base} ${base}--${state}`;
    indicator.title = title;
    for (const known of indicator.getAttributeNames()) {
      if (known.startsWith("data-test")) indicator.removeAttribute(known);
    }
    const hookName = "data-test-msg-cross-pillar-message-sending-indicator-presenter";
    indicator.setAttribute(`${hookName}__sending-indicator--${state}`, "");
  }

  // Shows the text at once under a client's urn, asks the server, then puts the server's urn in
  // its place. Returns the server's value, or null when the message was not accepted.
  async send(text, { subject, group, files = [] } = {}) {
    const originToken = crypto.randomUUID();
    const at = Date.now();
    const item = this.#add(text, boot.me.urn, at, this.run, this.list.lastElementChild);
    this.scroller.scrollTop = this.scroller.scrollHeight;
    const event = item.querySelector(".msg-s-event-listitem");
    event.setAttribute("data-event-urn", `urn:li:msg_message:(${boot.me.urn},${originToken})`);
    this.#indicate(item, "sending", say("sending"));
    await after(boot.toggles.send_delay_ms);
    const value = await this.#create(text, originToken, { subject, group, files });
    if (value) showFiles(item, value.renderContentUnions);
    if (value) this.#settle(item, value.entityUrn, value.deliveredAt, true);
    else {
      item.querySelector(".msg-s-event-with-indicator__sending-indicator").hidden = true;
      const error = item.querySelector(".msg-s-event-listitem__error");
      error.hidden = false;
      error.textContent = say("send_failed");
    }
    return value;
  }

  async #create(text, originToken, { subject, group, files }) {
    const renderContentUnions = files.map((file) => ({ file }));
    const message = { body: { attributes: [], text }, renderContentUnions, originToken };
    const body = {
      message,
      mailboxUrn: boot.me.urn,
      trackingId: randomBytes(),
      dedupeByClientGeneratedToken: false,
    };
    if (this.partner.conversationUrn) message.conversationUrn = this.partner.conversationUrn;
    else body.hostRecipientUrns = [this.partner.urn];
    if (subject !== undefined) message.subject = subject;
    if (group) body.contextEntityUrn = `urn:li:fsd_group:${group}`;
    try {
      const answer = await write(CREATE, body, "text/plain;charset=UTF-8");
      if (!answer.ok) return null;
      const known = answer.body.included?.[0];
      return answer.body.value ?? { ...known, conversationUrn: known["*conversation"] };
    } catch {
      return null;
    }
  }
}
