// The frame tells its page how high it is and that it is ready. It takes no orders, and never says
// what was typed.
(() => {
  "use strict";
  const main = document.querySelector("main");
  const form = document.querySelector("form");
  const origin = document.body.dataset.origin;
  const allowed = ["municipality", "headcount", "remark"];

  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    const field = allowed.includes(name) && form.elements[name];
    if (field && !field.value) field.value = value.slice(0, 4000);
  }
  if (!origin || window.parent === window) return;

  const say = (type, facts) => window.parent.postMessage({ tdm: 1, type, ...facts }, origin);
  let told = 0;
  const measure = () => {
    const height = Math.ceil(main.getBoundingClientRect().height);
    if (height !== told) say("resize", { height });
    told = height;
  };
  measure(); // a browser does not observe a frame that is out of sight
  new ResizeObserver(measure).observe(main);
  form.addEventListener("change", () => {
    const fields = [...form.elements].filter((one) => one.name && one.type !== "hidden");
    const filled = fields.filter((one) => (/radio|checkbox/.test(one.type) ? one.checked : one.value));
    say("step", { filled: new Set(filled.map((one) => one.name)).size });
  });
  form.addEventListener("submit", () => say("handoff", {}));
  say("ready", {});
})();
