// The messaging page: which pane an address opens, and what becomes of it when a message is sent.

import { after, boot, piece, say } from "./page.js";
import { mountComposer } from "./composer.js";
import { offerStar } from "./conversation_deeds.js";
import { Conversation, markRead, tellTyping, threadOf } from "./conversation.js";
import { Inbox, partnerOf } from "./inbox.js";
import { read, write } from "./voyager.js";

const detail = document.querySelector(".msg__detail");
const inbox = new Inbox((partner) => {
  history.pushState(null, "", addressOf(partner));
  void openThread(partner);
});
let shown = 0;

const addressOf = (partner) => `/messaging/thread/${threadOf(partner.conversationUrn)}/`;

function pane(name) {
  shown += 1;
  detail.replaceChildren(piece(name));
  document.getElementById("main").classList.toggle("msg__list-detail--detail-open", true);
  return detail.firstElementChild;
}

async function openThread(partner) {
  const place = pane("thread-pane");
  const visit = shown;
  const link = place.querySelector(".msg-thread__link-to-profile");
  link.href = `/in/${partner.id}`;
  link.title = say("view_profile_of", { name: partner.name });
  place.querySelector(".msg-entity-lockup__entity-title").textContent = partner.name;
  place.querySelector(".msg-entity-lockup__entity-info").textContent = partner.headline ?? "";
  offerStar(place.querySelector(".msg-thread__star-icon"), partner);
  inbox.mark(partner.conversationUrn);
  const conversation = new Conversation(place, partner);
  const found = await conversation.load();
  if (visit !== shown) return;
  if (!found) {
    pane("went-wrong");
    return;
  }
  void markRead(partner.conversationUrn);
  await finish(place, partner, conversation, visit);
}

function showRecipient(place, partner) {
  const pill = piece("recipient-pill").firstElementChild;
  pill.ariaLabel = say("remove_name", { name: partner.name });
  pill.querySelector(".artdeco-pill__text").textContent = partner.name;
  pill.onclick = () => void compose(null);
  place.querySelector(".msg-connections-typeahead__added-recipients").append(pill);
}

function offerNames(place) {
  const field = place.querySelector(".msg-connections-typeahead__search-field");
  const results = place.querySelector(".msg-connections-typeahead__search-results");
  field.addEventListener("input", async () => {
    const typed = encodeURIComponent(field.value);
    const answer = await read(`voyagerMessagingDashMessagingTypeahead?q=typeahead&keyword=${typed}`);
    const rows = (answer.body?.elements ?? []).map((found) => {
      const row = piece("search-result").firstElementChild;
      row.querySelector("span").textContent = found.name;
      row.querySelector("small").textContent = found.headline;
      row.onclick = () => void compose(found);
      return row;
    });
    results.replaceChildren(...rows);
    results.hidden = rows.length === 0;
    field.ariaExpanded = String(rows.length > 0);
  });
}

async function compose(partner) {
  const place = pane("compose-pane");
  const visit = shown;
  inbox.mark(null);
  offerNames(place);
  if (!partner) {
    await after(boot.toggles.composer_delay_ms);
    if (visit === shown) mountComposer(place, { conversationUrn: null }, { onSend: () => {} });
    return;
  }
  showRecipient(place, partner);
  const conversation = new Conversation(place, partner);
  if (partner.conversationUrn) {
    await conversation.load();
    void markRead(partner.conversationUrn);
  }
  await finish(place, partner, conversation, visit);
}

async function finish(place, partner, conversation, visit) {
  await after(boot.toggles.composer_delay_ms);
  if (visit !== shown) return;
  const onSend = (text, files) => {
    // Only the box of an InMail has a subject.
    const subject = place.querySelector("input[name=subject]")?.value;
    void send(partner, conversation, text, visit, { subject, files });
  };
  if (partner.gate) {
    showGate(place, partner, onSend);
    if (partner.gate !== "inmail_box") return;
    place = place.lastElementChild;
  }
  mountComposer(place, partner, {
    draft: partner.draft ?? "",
    draftFiles: partner.draftFiles ?? [],
    onSend,
    onTyping: () => partner.conversationUrn && void tellTyping(partner.conversationUrn),
  });
}

async function send(partner, conversation, text, visit, { subject, files }) {
  const value = await conversation.send(text, { subject, files });
  if (!value) return;
  const isFirst = partner.conversationUrn !== value.conversationUrn;
  const known = { ...partner, conversationUrn: value.conversationUrn, draft: "", draftFiles: [] };
  if (subject !== undefined) known.gate = "inmail_awaits";
  await inbox.load();
  if (!isFirst || visit !== shown) return;
  // The first message of a chat turns "New message" into a thread: pane and composer are new.
  history.replaceState(null, "", addressOf(known));
  await openThread(known);
}

function showGate(place, partner, sayHello) {
  const parts = piece(`gate-${partner.gate}`);
  const { name, firstName: first } = partner;
  if (partner.gate === "say_hello") {
    parts.querySelector("p").textContent = say("say_hello_text", { name });
    parts.querySelector("button").onclick = () => sayHello(say("say_hello_reply", { first }));
  }
  if (partner.gate === "inmail") {
    parts.firstElementChild.ariaLabel = say("premium_message", { first });
  }
  if (partner.gate === "inmail_box") {
    const { words, n } = partner.inmail;
    parts.querySelector(".msg-inmail-credits-display p").textContent = say(words, { n });
  }
  if (partner.gate === "inmail_refused") {
    parts.querySelector("p").textContent = say("inmail_refused", { name });
  }
  place.append(parts);
}

async function arrive() {
  const { kind, partner } = boot.route;
  const list = inbox.load();
  void read("me");
  void write("voyagerMessagingDashMessagingBadge?action=markAllMessagesAsSeen", {
    until: Date.now(),
  });
  if (kind === "broken") {
    pane("went-wrong");
    return;
  }
  if (kind === "thread") {
    await openThread(partner);
    return;
  }
  if (kind === "compose") {
    if (partner && !boot.toggles.compose_keeps_query) {
      history.replaceState(null, "", "/messaging/compose/");
    }
    if (partner?.conversationUrn && boot.toggles.compose_lands === "thread") {
      history.replaceState(null, "", addressOf(partner));
      await openThread(partner);
    } else await compose(partner);
    return;
  }
  // The bare inbox opens its first conversation by itself, and so marks it read.
  const { elements } = await list;
  if (elements.length === 0) return;
  const first = partnerOf(elements[0]);
  history.replaceState(null, "", addressOf(first));
  await openThread(first);
}

addEventListener("popstate", () => location.reload());
await arrive();
