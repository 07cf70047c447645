// Counts down how long a code is still valid. The element already says it in
// words, for the time the page was made.
for (const el of document.querySelectorAll("[data-countdown]")) {
  const end = performance.now() + Number(el.dataset.countdown) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    el.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    if (left > 0) return;
    clearInterval(timer);
    const line = el.closest("[data-expired]");
    line.textContent = line.dataset.expired;
  };
  const timer = setInterval(tick, 1000);
  tick();
}
