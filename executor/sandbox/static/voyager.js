// The page's own calls, with the headers that LinkedIn's pages send.

const BASE = "/voyager/api/";

// Sales Navigator's calls have a root of their own.
const at = (path) => (path.startsWith("/") ? path : BASE + path);

const cookie = (name) =>
  document.cookie
    .split("; ")
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

export const csrf = () => (cookie("JSESSIONID") ?? "").replaceAll('"', "");

const headers = (accept) => ({
  accept,
  "csrf-token": csrf(),
  "x-restli-protocol-version": "2.0.0",
  "x-li-lang": document.documentElement.lang,
  "x-li-page-instance": `urn:li:page:${location.pathname};sandbox`,
  "x-li-track": JSON.stringify({ clientVersion: "1.13.0", mpName: "voyager-web" }),
  // One mark for each call, by which the sandbox knows a read that the browser repeats.
  "x-li-pageforestid": crypto.randomUUID(),
});

async function answerOf(response) {
  const text = await response.text();
  let body = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    body = null;
  }
  return { ok: response.ok && !body?.errors, status: response.status, body };
}

export async function read(path, accept = "application/graphql") {
  return answerOf(await fetch(at(path), { headers: headers(accept) }));
}

export async function write(path, body, type = "application/json; charset=UTF-8") {
  const response = await fetch(at(path), {
    method: "POST",
    headers: {
      ...headers("application/vnd.linkedin.normalized+json+2.1"),
      "content-type": type,
    },
    body: JSON.stringify(body),
  });
  return answerOf(response);
}

// Puts a file where the server has said.
export async function put(address, file) {
  const response = await fetch(address, { method: "PUT", headers: headers("*/*"), body: file });
  return response.ok;
}

// React pages act through server requests whose bodies nobody can read.
export async function serverRequest(path, told = {}) {
  const response = await fetch(path, {
    method: "POST",
    headers: { ...headers("*/*"), "content-type": "application/octet-stream" },
    body: JSON.stringify(told),
  });
  return { ok: response.ok, status: response.status, text: await response.text() };
}

// The same with a length before the words, so that the body is no JSON.
export async function framedRequest(path, told) {
  const words = new TextEncoder().encode(JSON.stringify(told));
  const frame = new Uint8Array(5 + words.length);
  frame[0] = 10;
  new DataView(frame.buffer).setUint32(1, words.length);
  frame.set(words, 5);
  const response = await fetch(path, {
    method: "POST",
    headers: { ...headers("*/*"), "content-type": "application/octet-stream" },
    body: frame,
  });
  const text = await response.text();
  return { ok: response.ok && !text.startsWith('{"errors"'), status: response.status, text };
}

export async function fragment(path) {
  const response = await fetch(path, { headers: headers("text/html") });
  if (!response.ok) return null;
  const holder = document.createElement("template");
  holder.innerHTML = await response.text();
  return holder.content;
}

export const encode = (value) =>
  encodeURIComponent(value).replaceAll("(", "%28").replaceAll(")", "%29");
