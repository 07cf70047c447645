// Counts down how long a code or token is still valid. The element already says
// it in words, for the time the page was made.
const clockFace = (left) => {
  const two = (n) => String(n).padStart(2, "0");
  const days = Math.floor(left / 86400);
  const hours = Math.floor(left / 3600) % 24;
  const minutes = Math.floor(left / 60) % 60;
  const face = hours || days ? hours + ":" + two(minutes) : String(minutes);
  return (days ? days + " d " : "") + face + ":" + two(left % 60);
};

for (const el of document.querySelectorAll("[data-countdown]")) {
  const end = performance.now() + Number(el.dataset.countdown) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    el.textContent = clockFace(left);
    if (left > 0) return;
    clearInterval(timer);
    const line = el.closest("[data-expired]");
    line.textContent = line.dataset.expired;
  };
  const timer = setInterval(tick, 1000);
  tick();
}
