// Shows only the chosen account, with a button that brings up the others.
// Without this script all of them are listed, which works as well.
for (const group of document.querySelectorAll("[data-accounts]")) {
  const rows = group.querySelectorAll(".account");
  if (rows.length < 2) continue;

  const legend = group.querySelector("legend");
  const choose = legend.textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "switch";
  button.textContent = "Switch";
  legend.after(button);

  const collapse = (yes) => {
    group.classList.toggle("collapsed", yes);
    button.setAttribute("aria-expanded", String(!yes));
    button.textContent = yes ? "Switch" : "Done";
    legend.textContent = yes ? "Continue as" : choose;
  };
  button.addEventListener("click", () => {
    const open = group.classList.contains("collapsed");
    collapse(!open);
    if (open) group.querySelector(":checked").focus();
  });
  collapse(true);
}
