// Counts down how long a code is still valid. The element already says it in
// words, for the time the page was made.
for (const el of document.querySelectorAll("[data-countdown]")) {
  const end = performance.now() + Number(el.dataset.countdown) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    el.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0") + " minutes";
    if (left === 0) clearInterval(timer);
  };
  const timer = setInterval(tick, 1000);
  tick();
}
