// Everything on the pages works without this. With it, the dashboard follows what
// happens, buttons do not load the page anew, and times count on.
"use strict";

const regions = document.getElementById("regions");

// span writes a duration as the server does.
function span(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return s + " s";
  if (s < 3600) return Math.floor(s / 60) + " min";
  if (s < 2 * 86400) return Math.floor(s / 3600) + " h";
  return Math.floor(s / 86400) + " days";
}

function tick() {
  const now = Date.now();
  for (const e of document.querySelectorAll("[data-since]")) e.textContent = span(now - e.dataset.since);
  for (const e of document.querySelectorAll("[data-until]")) {
    const left = e.dataset.until - now;
    if (e instanceof HTMLMeterElement) e.value = left / 1000;
    else e.textContent = span(left);
  }
}

// announce reads out what is new in the log, once.
let heard = 0;

function announce(aloud) {
  const entries = [...document.querySelectorAll("[data-entry]")].filter((e) => e.dataset.entry > heard);
  if (entries.length === 0) return;
  heard = Number(entries[0].dataset.entry);
  for (const e of entries) e.classList.toggle("is-new", aloud);
  const text = entries.map((e) => e.querySelector(".entry-text").textContent).reverse().join(" ");
  if (aloud) document.getElementById("news").textContent = text;
}

// show puts new parts in the place of the old ones. What had the focus has it
// again, and the log stays where it was scrolled to.
function show(nodes) {
  const focused = regions.contains(document.activeElement) ? document.activeElement.id : "";
  const scrolled = document.getElementById("log")?.scrollTop ?? 0;
  regions.replaceChildren(...nodes);
  const log = document.getElementById("log");
  if (log) log.scrollTop = scrolled;
  if (focused) {
    const again = document.getElementById(focused);
    if (again && !again.disabled) again.focus();
    else document.getElementById("main").focus({ preventScroll: true });
  }
  tick();
  announce(true);
}

// post sends a form of the dashboard and shows the page that it leads to.
async function post(form) {
  const button = form.querySelector("button");
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = page.getElementById("regions");
    if (!parts) throw new Error("another page"); // signed out, most likely
    show(parts.childNodes);
  } catch {
    location.reload();
  } finally {
    button.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (e) => {
  if (!e.target.matches("form[data-live]")) return;
  e.preventDefault();
  if (!e.target.querySelector("[aria-busy]")) post(e.target);
});

// follow listens to the server while somebody sees the page: a browser has few
// connections to give to a host.
let stream = null;

function live(text) {
  const e = document.getElementById("live");
  e.hidden = false;
  if (e.textContent !== text) e.textContent = text;
  e.classList.toggle("is-live", text === "Live");
}

function follow() {
  if (document.visibilityState === "hidden") {
    stream?.close();
    stream = null;
    return;
  }
  if (stream && stream.readyState !== EventSource.CLOSED) return;
  stream = new EventSource(regions.dataset.events);
  stream.onopen = () => live("Live");
  stream.onerror = () => live("Not connected to the app");
  stream.addEventListener("regions", (e) => {
    const parts = document.createElement("template");
    parts.innerHTML = e.data; // the server's own templates
    show(parts.content.childNodes);
  });
}

if (regions) {
  announce(false);
  follow();
  document.addEventListener("visibilitychange", follow);
  setInterval(tick, 1000);
}
