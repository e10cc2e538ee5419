// What every page's scripts share: the facts told by the server, words, waiting, and hooks.

export const boot = JSON.parse(document.getElementById("boot").textContent);

export const after = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

export const say = (key, values = {}) =>
  boot.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

// React classes rotate with every start of the sandbox; their names are only known in `boot`.
export const hook = (name) => `.${boot.hooks[name]}`;

export const piece = (id) => document.getElementById(id).content.cloneNode(true);

export const slugIn = (href) => {
  const address = new URL(href, location.href);
  const named = address.searchParams.get("vanityName");
  return named ?? decodeURIComponent(address.pathname.split("/")[2] ?? "");
};

// Overlays of Ember live in the shadow root of `#interop-outlet`, which the page creates.
let root = null;

export function interopRoot() {
  const host = document.getElementById("interop-outlet");
  if (!host) return null;
  if (!root) {
    root = host.attachShadow({ mode: boot.toggles.interop_root });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = `/static/ember.css?${boot.build}`;
    const theme = document.createElement("link");
    theme.rel = "stylesheet";
    theme.href = `/static/sdui.css?${boot.build}`;
    root.append(style, theme);
  }
  return root;
}
