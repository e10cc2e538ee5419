// Shows the picture of an account's page, and sends what a person does on it. Nothing is kept.

const OVER = {
  signed_in: "is signed in; the session is kept, encrypted, and waiting tasks go on.",
  other_account: "is not signed in: this is another LinkedIn account than before, so nothing was kept. "
    + "Open it again and sign in to the right one, or have `login --replace` on the server change it.",
  ended: "is not signed in here; the live view is closed.",
  idle: "is not signed in: nothing was done for a while, so the live view was closed.",
  too_long: "is not signed in: the live view was open for too long, and was closed.",
  busy: "is busy with a task that does not end. Try again in a few minutes.",
  taken: "is being signed in by somebody else at the moment.",
  token: "needs a fresh live view: this address was used already, or is too old.",
  replaced: "is shown in another window now.",
  signed_out: "is not signed in: you are signed out of the dashboard, so the live view was closed.",
  unreachable: "cannot be signed in now: LinkedIn could not be reached.",
  stopped: "is not signed in: the service is stopping.",
  failed: "cannot be signed in now: the browser failed. The log says more.",
};
const NEWS = {
  waiting: "is at work: waiting for the present task to end …",
  opening: "is being opened …",
  open: "can sign in now.",
  checking: "has signed in; seeing whose account it is …",
};
const KEYS = new Set(
  "ArrowDown ArrowLeft ArrowRight ArrowUp Backspace Delete End Enter Home PageDown PageUp Tab".split(" "),
);
const TAP_PX = 8;

const view = document.getElementById("view");
const page = document.getElementById("view-page");
const canvas = document.getElementById("view-picture");
const keys = document.getElementById("view-keys");
const field = document.getElementById("view-text");
const news = document.getElementById("view-news");
const pen = canvas.getContext("2d");

// The address has a token that is good once: it is of no use to the history.
history.replaceState(null, "", location.pathname);

const address = new URL(view.dataset.socket, location.href);
address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
const socket = new WebSocket(address);
socket.binaryType = "blob";
let isOver = false;

function send(what) {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(what));
}

function tell(words, kind = "") {
  news.textContent = `${view.dataset.name} ${words}`;
  news.className = `notice ${kind}`;
}

function close(words, kind) {
  isOver = true;
  field.value = "";
  page.hidden = true;
  document.getElementById("view-again").hidden = kind === "good";
  tell(words, kind);
}

// What is left between what stands above the picture and the keys below it. A phone's keyboard
// covers those anyhow.
function roomForPicture() {
  if (window.innerWidth < 700) return window.innerHeight * 0.6;
  const above = canvas.getBoundingClientRect().top + window.scrollY;
  const below = 2 * parseFloat(getComputedStyle(page).rowGap) + keys.offsetHeight;
  return window.innerHeight - above - below;
}

function sendSize() {
  const width = Math.round(Math.max(320, Math.min(1600, canvas.clientWidth)));
  const height = Math.round(Math.max(320, Math.min(1200, roomForPicture())));
  send({ kind: "size", width, height });
}

socket.addEventListener("open", () => send({ once: view.dataset.once }));
socket.addEventListener("close", () => {
  if (!isOver) close("is not shown any more: the connection was lost. What was begun is kept for a while.", "odd");
});
socket.addEventListener("message", async ({ data }) => {
  if (typeof data !== "string") {
    const picture = await createImageBitmap(data);
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      canvas.width = picture.width;
      canvas.height = picture.height;
    }
    pen.drawImage(picture, 0, 0);
    picture.close();
    canvas.dataset.pictures = Number(canvas.dataset.pictures ?? 0) + 1;
    send({ kind: "seen" });
    return;
  }
  const told = JSON.parse(data);
  if (told.news === "over") {
    close(OVER[told.why] ?? OVER.failed, told.why === "signed_in" ? "good" : "odd");
    return;
  }
  tell(NEWS[told.news]);
  if (told.news === "open" || told.news === "opening") {
    const first = page.hidden;
    page.hidden = false;
    if (first) sendSize();
    if (told.news === "open" && window.matchMedia("(pointer: fine)").matches) {
      // Before its first picture it is higher than it will be.
      canvas.focus({ preventScroll: true });
    }
  }
});

let sizing = 0;
let widthWas = window.innerWidth;
window.addEventListener("resize", () => {
  // A phone's keyboard changes the height only, and the page should stay as it is under it.
  if (window.innerWidth === widthWas) return;
  widthWas = window.innerWidth;
  clearTimeout(sizing);
  sizing = setTimeout(sendSize, 200);
});

// Mouse, pen and finger.

function place(event) {
  const box = canvas.getBoundingClientRect();
  const within = (at, most) => Math.max(0, Math.min(most - 1, at));
  return {
    x: within(((event.clientX - box.left) / box.width) * canvas.width, canvas.width),
    y: within(((event.clientY - box.top) / box.height) * canvas.height, canvas.height),
  };
}

let moved = null;
function sendMove() {
  if (moved !== null) send({ kind: "move", ...moved });
  moved = null;
}

let press = null;
let clicks = 0;
let clickedAt = -Infinity;

function countClick(event, at) {
  const isNext = press !== null && event.timeStamp - clickedAt < 400
    && Math.hypot(at.x - press.at.x, at.y - press.at.y) < TAP_PX;
  clicks = isNext ? Math.min(3, clicks + 1) : 1;
  clickedAt = event.timeStamp;
}

canvas.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  event.preventDefault();
  canvas.setPointerCapture(event.pointerId);
  field.value = "";
  forwarded = "";
  const at = place(event);
  countClick(event, at);
  press = { at, last: at, touch: event.pointerType === "touch", dragged: false };
  if (!press.touch) {
    canvas.focus();
    sendMove();
    send({ kind: "down", ...at, clicks });
  }
});

canvas.addEventListener("pointermove", (event) => {
  const at = place(event);
  if (event.pointerType !== "touch") {
    if (moved === null) requestAnimationFrame(sendMove);
    moved = at;
  } else if (press !== null && event.buttons === 1) {
    press.dragged ||= Math.hypot(at.x - press.at.x, at.y - press.at.y) > TAP_PX;
    if (press.dragged) {
      send({ kind: "scroll", ...press.at, right: press.last.x - at.x, down: press.last.y - at.y });
      press.last = at;
    }
  }
});

canvas.addEventListener("pointerup", (event) => {
  if (event.button !== 0 || press === null) return;
  const at = place(event);
  if (!press.touch) {
    sendMove();
    send({ kind: "up", ...at, clicks });
  } else if (!press.dragged) {
    send({ kind: "down", ...press.at, clicks });
    send({ kind: "up", ...press.at, clicks });
    // Only what a finger has just done may open the phone's keyboard.
    field.focus({ preventScroll: true });
  }
});

canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  const unit = [1, 16, 400][event.deltaMode];
  const within = (by) => Math.max(-4000, Math.min(4000, by * unit));
  send({ kind: "scroll", ...place(event), right: within(event.deltaX), down: within(event.deltaY) });
}, { passive: false });

canvas.addEventListener("contextmenu", (event) => event.preventDefault());

// The keyboard.

function heldOf(event) {
  const held = [];
  if (event.shiftKey) held.push("Shift");
  if (event.ctrlKey || event.metaKey) held.push("Control");
  return held;
}

canvas.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const commands = event.ctrlKey || event.metaKey;
  if (event.key === "Escape") {
    event.preventDefault();
    document.getElementById("view-end").focus();
  } else if (KEYS.has(event.key) || (event.key.length === 1 && !commands)) {
    event.preventDefault();
    send({ kind: "key", key: event.key, held: heldOf(event) });
  } else if (commands && !event.altKey && ["a", "z"].includes(event.key.toLowerCase())) {
    event.preventDefault();
    send({ kind: "key", key: event.key, held: heldOf(event) });
  } else if (event.altKey && commands && event.key.length === 1) {
    // AltGr writes a letter of its own.
    event.preventDefault();
    send({ kind: "key", key: event.key });
  }
});

canvas.addEventListener("paste", (event) => {
  event.preventDefault();
  paste(event.clipboardData.getData("text/plain"));
});

function paste(text) {
  if (text !== "") send({ kind: "text", text: text.slice(0, 10000) });
}

// A phone's keyboard may complete, correct or replace what it has written: what has become of the
// field is compared with what was sent of it.
let forwarded = "";

field.addEventListener("input", () => {
  const wanted = [...field.value];
  const sent = [...forwarded];
  let same = 0;
  while (same < sent.length && same < wanted.length && sent[same] === wanted[same]) same += 1;
  for (let gone = sent.length; gone > same; gone -= 1) send({ kind: "key", key: "Backspace" });
  paste(wanted.slice(same).join(""));
  forwarded = field.value;
});

field.addEventListener("keydown", (event) => {
  const isLetterToRemove = event.key === "Backspace" && field.value !== "";
  if (!["Enter", "Backspace"].includes(event.key) || isLetterToRemove) return;
  event.preventDefault();
  pressKey(event.key);
});

function pressKey(key) {
  field.value = "";
  forwarded = "";
  send({ kind: "key", key });
}

for (const button of page.querySelectorAll("button[data-key]")) {
  // Keeps the phone's keyboard open.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => pressKey(button.dataset.key));
}
document.getElementById("view-end").addEventListener("click", () => send({ kind: "end" }));
