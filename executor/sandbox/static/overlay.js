// The messaging overlay of React pages: bubbles inside the interop shadow root.

import { after, boot, interopRoot, piece, say } from "./page.js";
import { mountComposer } from "./composer.js";
import { Conversation, markRead, query, tellTyping } from "./conversation.js";
import { encode, read } from "./voyager.js";

function dock() {
  const root = interopRoot();
  let place = root.querySelector(".msg-overlay-container");
  if (!place) {
    place = document.createElement("div");
    place.className = "msg-overlay-container";
    root.append(place);
  }
  return place;
}

export const openList = () => dock().append(piece("overlay-list"));

async function partnerOf(id) {
  const urn = `urn:li:fsd_profile:${id}`;
  const wanted = encodeURIComponent(id);
  const [profile, known] = await Promise.all([
    read(`identity/dash/profiles?q=memberIdentity&memberIdentity=${wanted}`),
    query("messengerConversations", `mailboxUrn:${encode(boot.me.urn)},recipients:List(${encode(urn)})`),
  ]);
  const found = profile.body?.included?.find((each) => each.entityUrn === urn);
  if (!found) return null;
  const relation = profile.body.included.find((each) => each.memberRelationshipUnion);
  return {
    id,
    urn,
    name: `${found.firstName} ${found.lastName}`.trim(),
    connected: Boolean(relation?.memberRelationshipUnion.connection),
    conversationUrn: known.elements[0]?.entityUrn ?? null,
    loads: true,
  };
}

// Who shares a group may be written to from its list of members without a credit.
const isInMail = (partner) => !partner.connected && !partner.group;

// Opens the conversation with a member; one that only has an id is looked up and read first.
export async function openBubble(told) {
  const partner = told.name ? { ...told } : await partnerOf(told.id);
  if (!partner) return;
  partner.group = told.group;
  const bubble = piece("overlay-bubble").firstElementChild;
  const content = bubble.querySelector(".msg-overlay-conversation-bubble__content-wrapper");
  const title = bubble.querySelector(".msg-overlay-bubble-header__title a");
  title.textContent = partner.conversationUrn || !partner.loads ? partner.name : say("new_message");
  title.href = `/in/${partner.id}`;
  bubble.ariaLabel = say("dialog_with", { name: partner.name });
  const isNew = !partner.conversationUrn && partner.loads;
  bubble.classList.toggle("msg-overlay-conversation-bubble--is-compose", isNew);
  bubble.classList.toggle("msg-overlay-conversation-bubble--inmail", isInMail(partner));
  const close = bubble.querySelector(".msg-overlay-bubble-header__control");
  close.ariaLabel = say("close_conversation", { name: partner.name });
  close.onclick = () => bubble.remove();
  if (isNew) content.append(recipientPill(partner));
  dock().append(bubble);

  const conversation = new Conversation(content, partner);
  if (partner.loads && partner.conversationUrn) {
    await conversation.load();
    void markRead(partner.conversationUrn);
  }
  await after(boot.toggles.composer_delay_ms);
  mountComposer(content, partner, {
    overlay: true,
    onSend: async (text, files) => {
      const value = await conversation.send(text, { group: partner.group, files });
      if (!value) return;
      partner.conversationUrn = value.conversationUrn;
      title.textContent = partner.name;
      bubble.classList.remove("msg-overlay-conversation-bubble--is-compose");
      content.querySelector(".msg-connections-typeahead__added-recipients")?.remove();
    },
    onTyping: () => partner.conversationUrn && void tellTyping(partner.conversationUrn),
  });
}

function recipientPill(partner) {
  const place = document.createElement("div");
  place.className = "msg-connections-typeahead__added-recipients";
  const pill = document.createElement("button");
  pill.type = "button";
  pill.className = "artdeco-pill artdeco-pill--dismiss";
  pill.ariaLabel = say("remove_name", { name: partner.name });
  pill.textContent = partner.name;
  place.append(pill);
  return place;
}
