// Sales Navigator's inbox: the list on the left, one conversation beside it.

import { after, boot, piece, say } from "./page.js";
import { mountForm } from "./sales_form.js";
import { read, write } from "./voyager.js";

const THREADS = "/sales-api/salesApiMessagingThreads";
const PIECE = 20;
const OLDER = 10;
const NEAR_PX = 120;
const day = new Intl.DateTimeFormat(boot.language, { month: "short", day: "numeric" });
const decoration = encodeURIComponent("(id,messages*(id,body),participants*~fs_salesProfile)")
  .replaceAll("(", "%28")
  .replaceAll(")", "%29");

const normalized = boot.toggles.sales_answers === "normalized";
const accept = normalized ? "application/vnd.linkedin.normalized+json+2.1" : "*/*";
const list = document.querySelector(".sales-list ul");
const listScroller = document.querySelector(".sales-list .overflow-y-auto");
const detail = document.querySelector(".sales-detail");
const people = new Map();

async function ask(path) {
  const answer = await read(path, accept);
  if (!answer.ok) return null;
  const told = normalized ? answer.body.data : answer.body;
  for (const part of told.elements ?? [told]) {
    const named = Object.values(part.participantsResolutionResults ?? {});
    for (const each of [...named, ...(answer.body.included ?? [])]) people.set(each.entityUrn, each);
  }
  return told;
}

const person = (urn) => people.get(urn) ?? { fullName: "", degree: -1 };
const addressOf = (id) => `/sales/inbox/${encodeURIComponent(id)}`;

function showRow(thread) {
  const row = piece("sales-row").firstElementChild;
  const link = row.querySelector("a");
  const other = thread.participants.map(person).find((each) => each.degree !== 0);
  link.href = addressOf(thread.id);
  link.querySelector("[data-anonymize]").textContent = other.fullName;
  link.querySelector("time").textContent = day.format(thread.messages[0].deliveredAt);
  link.querySelector("p").textContent = thread.messages[0].body;
  link.onclick = (event) => {
    event.preventDefault();
    history.pushState(null, "", link.href);
    void openThread(thread.id);
  };
  list.append(row);
}

let next = Date.now();
let busy = false;

async function loadThreads() {
  if (busy || next === null) return [];
  busy = true;
  const asked = `count=${PIECE}&filter=INBOX&pageStartsAt=${next}&q=filter`;
  const told = await ask(`${THREADS}?decoration=${decoration}&${asked}`);
  const found = told?.elements ?? [];
  for (const each of found) showRow(each);
  next = found.length < PIECE ? null : found.at(-1).nextPageStartsAt;
  busy = false;
  return found;
}

listScroller.addEventListener("scroll", () => {
  const left = listScroller.scrollHeight - listScroller.clientHeight - listScroller.scrollTop;
  if (left < NEAR_PX) void loadThreads();
});

function showMessage(message) {
  const item = piece("sales-message").firstElementChild;
  const author = person(message.author);
  item.querySelector("[data-anonymize]").textContent = author.fullName;
  if (author.degree === 0) {
    const mark = document.createElement("span");
    mark.ariaLabel = say("sales_from_you");
    item.querySelector("header").append(mark);
  }
  item.querySelector("time").textContent = day.format(message.deliveredAt);
  item.querySelector("h4").textContent = message.subject ?? "";
  item.querySelector("p").textContent = message.body;
  return item;
}

function offerOlder(pane, thread) {
  const rows = pane.querySelector("ul");
  let oldest = thread.messages.at(-1);
  let shown = thread.messages.length;
  let loading = false;
  pane.addEventListener("scroll", async () => {
    if (loading || pane.scrollTop > NEAR_PX || shown >= thread.totalMessageCount) return;
    loading = true;
    const before = `count=${OLDER}&deliveredBefore=${oldest.deliveredAt}`;
    const path = `${THREADS}/${encodeURIComponent(thread.id)}/messages`;
    const told = await ask(`${path}?decoration=${decoration}&${before}`);
    const height = pane.scrollHeight;
    for (const each of told?.elements ?? []) {
      rows.prepend(showMessage(each));
      oldest = each;
      shown += 1;
    }
    pane.scrollTop += pane.scrollHeight - height;
    loading = false;
  });
}

async function openThread(id) {
  const path = `${THREADS}/${encodeURIComponent(id)}`;
  const thread = await ask(`${path}?decoration=${decoration}&count=1&messageCount=10`);
  detail.replaceChildren();
  if (!thread) return;
  detail.append(piece("sales-thread"));
  const pane = detail.querySelector(".thread-container");
  for (const each of thread.messages.toReversed()) pane.querySelector("ul").append(showMessage(each));
  pane.scrollTop = pane.scrollHeight;
  offerOlder(pane, thread);
  for (const link of list.querySelectorAll("a")) {
    link.classList.toggle("active", link.pathname === addressOf(id));
  }
  if (thread.unreadMessageCount) void write(`${path}?action=markAsRead`, {});
  if (thread.restrictions.length) return;
  await after(boot.toggles.composer_delay_ms);
  const astray = boot.toggles.sales_sends === "elsewhere" && (await anotherThan(id));
  mountForm(detail, { threadId: astray || id }, () => void openThread(id));
}

async function anotherThan(id) {
  const other = (await listed).find((each) => each.id !== id);
  return other?.id;
}

const listed = loadThreads();
if (boot.thread) void openThread(boot.thread);
else if (boot.toggles.sales_opens === "first") {
  const [first] = await listed;
  if (first) {
    history.replaceState(null, "", addressOf(first.id));
    void openThread(first.id);
  }
}
