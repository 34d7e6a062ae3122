// Small comforts; every page works without them.
"use strict";

const summary = document.querySelector("[data-focus]");
if (summary) {
  summary.focus();
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy);
    await navigator.clipboard.writeText(source.value || source.textContent.trim());
    button.textContent = button.dataset.done;
  });
}
