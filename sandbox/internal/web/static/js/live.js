// Lets a table of requests go on by itself: each event of the stream is a row,
// as the server renders them. The stream ends while nobody looks at the page,
// since a browser has few connections to one server.
for (const view of document.querySelectorAll("[data-live]")) {
  const table = view.querySelector("table");
  const rows = table.tBodies[0];
  const label = view.querySelector("[data-live-state]");
  const button = view.querySelector("[data-live-pause]");
  const limit = Number(view.dataset.limit);
  const address = new URL(view.dataset.live, location.href);
  let source = null;
  let paused = false;
  let held = []; // rows that came while paused, the latest last
  let heldCount = 0;
  let unsaid = 0; // rows that no screen reader was told of
  let timer = 0;

  const say = (text, kind) => {
    label.hidden = false;
    label.textContent = text;
    label.dataset.liveState = kind;
  };

  // One sentence every few seconds, however many requests there are.
  const announce = () => {
    if (timer || unsaid === 0) return;
    document.getElementById("announcer").textContent = unsaid === 1 ? "1 new request" : unsaid + " new requests";
    unsaid = 0;
    timer = setTimeout(() => {
      timer = 0;
      announce();
    }, 5000);
  };

  const insert = (row) => {
    document.getElementById(row.id)?.remove(); // the sandbox was restarted and counts from 1 again
    row.classList.add("row-new");
    rows.prepend(row);
    unsaid++;
    for (let last = rows.lastElementChild; rows.childElementCount > limit && last; ) {
      const before = last.previousElementSibling;
      if (!last.contains(document.activeElement)) last.remove();
      last = before;
    }
  };

  const show = () => {
    held.forEach(insert);
    held = [];
    heldCount = 0;
    if (rows.childElementCount > 0) {
      table.hidden = false;
      document.querySelector("[data-live-empty]")?.remove();
    }
    announce();
  };

  const nameButton = () => {
    button.textContent = paused ? (heldCount ? `Go on (${heldCount} new)` : "Go on") : "Pause";
  };

  const receive = (event) => {
    const box = document.createElement("template");
    box.innerHTML = event.data; // escaped by the server, and nothing inline runs here
    address.searchParams.set("after", event.lastEventId);
    held.push(box.content.firstElementChild);
    heldCount++;
    if (held.length > limit) held.shift();
    if (!paused) show();
    nameButton();
  };

  const connect = () => {
    if (source) return;
    source = new EventSource(address);
    source.addEventListener("open", () => say(paused ? "Paused" : "Live", paused ? "paused" : "on"));
    source.addEventListener("request", receive);
    source.addEventListener("error", () => {
      if (!source) return;
      const given = source.readyState === EventSource.CLOSED;
      say(given ? "Not live: reload to see what is new" : "Connecting again…", "off");
    });
  };

  const disconnect = () => {
    source?.close();
    source = null;
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    paused = !paused;
    if (!paused) show();
    say(paused ? "Paused" : "Live", paused ? "paused" : "on");
    nameButton();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", (event) => event.persisted && connect());
  if (!document.hidden) connect();
}
