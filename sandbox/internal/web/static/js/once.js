// A second press on Allow or Deny while the first is under way would find its
// request used up and show an error in place of the app.
for (const form of document.querySelectorAll("form[data-once]")) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => {
    sent = false; // back from the history
  });
}
