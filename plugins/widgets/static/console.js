// The preview follows what is typed. Without this the button "Toon eerst" does the same, and the
// verdict always comes from the server.
(() => {
  "use strict";
  const form = document.querySelector("form[data-theme]");
  const preview = document.querySelector("#theme-preview");
  if (!form || !preview) return;

  const light = (colour) => {
    const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
    const [red, green, blue] = parts.map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  form.addEventListener("input", ({ target }) => {
    const value = target.value.trim().toLowerCase();
    const size = /^(radius|gap)$/.test(target.name) && /^\d{1,2}$/.test(value);
    if (!size && !/^#[0-9a-f]{6}$/.test(value)) return;
    preview.style.setProperty("--tdm-" + target.name, size ? value + "px" : value);
    if (target.name === "accent") {
      const dark = 1.05 / (light(value) + 0.05) < (light(value) + 0.05) / 0.05;
      preview.style.setProperty("--tdm-on-accent", dark ? "#000000" : "#ffffff");
    }
  });
})();
