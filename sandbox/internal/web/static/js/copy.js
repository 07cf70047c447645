// Buttons that copy the text of another element. They are hidden until this
// script runs, since they can do nothing without it.
const announce = (text) => {
  document.getElementById("announcer").textContent = text;
};

const copyText = async (source) => {
  const text = "value" in source ? source.value : source.textContent;
  try {
    await navigator.clipboard.writeText(text); // only in a secure context: https or loopback
  } catch {
    if ("select" in source) {
      source.select();
    } else {
      window.getSelection().selectAllChildren(source);
    }
    if (!document.execCommand("copy")) return "Press Ctrl+C";
  }
  return "Copied";
};

for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.firstChild; // the visible word; what follows is for screen readers
  const word = label.textContent;
  let timer = 0;
  button.hidden = false;
  button.addEventListener("click", async () => {
    label.textContent = await copyText(document.getElementById(button.dataset.copy));
    announce(label.textContent);
    clearTimeout(timer);
    timer = setTimeout(() => {
      label.textContent = word;
      announce("");
    }, 2000);
  });
}

// A click into a value that is there to be copied selects it whole.
for (const input of document.querySelectorAll("input[readonly]")) {
  input.addEventListener("focus", () => input.select());
}
