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

// An answer of htmx that did not come: the region that waited for it says so.
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => {
    const waiting = document.querySelector("[data-failed]");
    if (waiting) waiting.textContent = waiting.dataset.failed;
  });
}
