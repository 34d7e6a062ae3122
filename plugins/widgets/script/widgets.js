/* Widgets of the language and diversity marketplace, major 1. docs/widgets.md */
(() => {
  "use strict";
  if (window.tdmWidgets) return console.warn("tdm: the script stands on this page twice");
  window.tdmWidgets = 1;
  const source = new URL(document.currentScript.src);
  const root = source.origin + source.pathname.replace(/v1\/.*/, "v1/");
  const WORDS = {
    nl: { frame: "Formulier: vraag ondersteuning aan" },
    fr: { frame: "Formulaire : demander un soutien" },
    en: { frame: "Form: ask for support" },
  };
  const PREFILL = ["municipality", "headcount", "remark"];
  const CSS = `:host{display:block}.w{all:initial;display:block;font-size:medium;line-height:1.5;
font-family:var(--tdm-font,var(--x-font));color:var(--tdm-text,var(--x-text))}
h2,h3,h4,h5,h6,p,ul{margin:0;padding:0;font-size:1em}ul{list-style:none;display:grid;
gap:var(--tdm-gap,var(--x-gap));grid-template-columns:repeat(auto-fill,minmax(min(100%,17em),1fr))}
.t{font-size:1.4em;line-height:1.25;font-weight:700;margin:0 0 .6em}
li{display:flex;flex-direction:column;gap:.35em;padding:1em;background:var(--tdm-surface,var(--x-surface));
border:1px solid var(--tdm-border,var(--x-border));border-radius:var(--tdm-radius,var(--x-radius));overflow-wrap:anywhere}
.n{font-size:1.1em;line-height:1.3;font-weight:700}.p{font-weight:700;margin-top:auto}.e{font-weight:400}
a{color:var(--tdm-accent,var(--x-accent));text-decoration:underline;text-underline-offset:.15em}
a:hover{text-decoration-thickness:.15em}a:focus-visible{outline:3px solid var(--tdm-focus,var(--x-focus));outline-offset:2px}
.a{margin:1em 0 0}`;

  const add = (parent, tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return parent.appendChild(made);
  };
  const number = (text, least, most, usual) => {
    const found = Number(text);
    return text !== null && Number.isFinite(found) ? Math.min(Math.max(found, least), most) : usual;
  };

  class Tag extends HTMLElement {
    connectedCallback() {
      if (this.began) return;
      this.began = true;
      const early = () => this.isConnected && this.begin();
      if (this.getAttribute("loading") === "eager" || !window.IntersectionObserver) return early();
      const watch = new IntersectionObserver(
        (found) => found.some((one) => one.isIntersecting) && (watch.disconnect(), early()),
        { rootMargin: "400px" },
      );
      watch.observe(this);
    }

    get language() {
      const said = this.getAttribute("lang") || document.documentElement.lang || "";
      const code = said.slice(0, 2).toLowerCase();
      return WORDS[code] ? code : "nl";
    }

    get patience() {
      return number(this.getAttribute("timeout"), 1000, 60000, 10000);
    }

    address(file, facts) {
      const made = new URL(encodeURIComponent(this.getAttribute("key") || "-") + "/" + file, root);
      const told = { lang: this.language, ...facts };
      for (const name of ["sector", "kind", "limit", "campaign"]) told[name] = this.getAttribute(name);
      for (const name in told) if (told[name]) made.searchParams.set(name, told[name]);
      return made;
    }

    say(type, detail) {
      const facts = { bubbles: true, composed: true, cancelable: type === "select", detail };
      return this.dispatchEvent(new CustomEvent("tdm:" + type, facts));
    }
  }

  class Offers extends Tag {
    async begin() {
      try {
        const answer = await fetch(this.address("offers.json", {}), {
          credentials: "omit",
          referrerPolicy: "strict-origin",
          signal: AbortSignal.timeout(this.patience),
        });
        if (!answer.ok) return this.say("error", { code: "status", status: answer.status });
        const facts = await answer.json();
        this.show(facts);
        this.say("ready", { offers: facts.offers.length });
      } catch (error) {
        this.say("error", { code: error.name === "TimeoutError" ? "timeout" : "blocked" });
      }
    }

    show(facts) {
      const level = number(this.getAttribute("heading-level"), 2, 6, 2);
      const style = new CSSStyleSheet();
      style.replaceSync(CSS);
      const inside = document.createElement("div");
      inside.className = "w";
      inside.lang = facts.lang;
      for (const name in facts.theme) inside.style.setProperty("--x-" + name, facts.theme[name]);
      add(inside, "h" + level, "t", facts.title);
      if (!facts.offers.length) add(inside, "p", "", facts.none);
      const list = facts.offers.length ? add(inside, "ul") : null;
      for (const one of facts.offers) this.card(add(list, "li"), one, Math.min(level + 1, 6));
      this.link(add(inside, "p", "a"), facts.all.text, facts.all.href, "");
      const shadow = this.attachShadow({ mode: "open" });
      shadow.adoptedStyleSheets = [style];
      shadow.append(inside);
    }

    card(box, one, level) {
      this.link(add(box, "h" + level, "n"), one.title, one.href, one.id).lang = "nl";
      add(box, "p", "", one.text).lang = "nl";
      add(box, "p", "", one.by);
      add(box, "p", "", one.place).lang = "nl";
      const price = add(box, "p", "p", one.price);
      price.lang = "nl";
      if (one.example) add(price, "span", "e", " (" + one.example + ")");
    }

    link(box, text, href, id) {
      const made = add(box, "a", "", text);
      if (new URL(href).origin === source.origin) made.href = href;
      made.addEventListener("click", (event) => this.say("select", { id }) || event.preventDefault());
      return made;
    }
  }

  class Intake extends Tag {
    begin() {
      const at = this.address("intake", { origin: location.origin });
      const filled = new URLSearchParams();
      for (const name of PREFILL) {
        const value = this.getAttribute("data-prefill-" + name);
        if (value) filled.set(name, value);
      }
      at.hash = filled;
      const frame = (this.frame = document.createElement("iframe"));
      frame.src = at;
      frame.title = WORDS[this.language].frame;
      frame.referrerPolicy = "strict-origin";
      const look = { width: "100%", border: "0", display: "block", position: "absolute", visibility: "hidden" };
      Object.assign(frame.style, look, { height: this.height + "px" });
      this.listen = (event) => this.heard(event);
      window.addEventListener("message", this.listen);
      this.timer = setTimeout(() => this.fail("timeout"), this.patience);
      try {
        this.inside = this.attachShadow({ mode: "open" });
        const style = new CSSStyleSheet();
        style.replaceSync(":host{display:block;position:relative}");
        this.inside.adoptedStyleSheets = [style];
        this.inside.append(document.createElement("slot"), frame);
      } catch {
        this.fail("blocked");
      }
    }

    get height() {
      return number(this.getAttribute("height"), 100, 4000, 480);
    }

    heard(event) {
      const told = event.data;
      if (event.source !== this.frame.contentWindow || event.origin !== source.origin) return;
      if (!told || told.tdm !== 1) return;
      if (told.type === "ready") this.ready();
      else if (told.type === "resize") this.resize(told.height);
      else if (told.type === "step" && Number.isInteger(told.filled)) this.say("step", { filled: told.filled });
      else if (told.type === "handoff") this.say("handoff", {});
    }

    ready() {
      if (this.shown) return;
      this.shown = true;
      clearTimeout(this.timer);
      Object.assign(this.frame.style, { position: "static", visibility: "visible" });
      this.inside.querySelector("slot").remove();
      this.say("ready", {});
    }

    resize(told) {
      if (typeof told !== "number" || !(told > 0) || !Number.isFinite(told)) return;
      const height = Math.round(Math.min(Math.max(told, 100), 4000));
      if (height === this.high) return;
      this.high = height;
      this.frame.style.height = height + "px";
      this.say("resize", { height });
    }

    fail(code) {
      this.stop();
      this.frame.remove();
      this.say("error", { code });
    }

    stop() {
      clearTimeout(this.timer);
      window.removeEventListener("message", this.listen);
    }

    disconnectedCallback() {
      if (this.frame) this.stop();
    }
  }

  customElements.define("tdm-offers", Offers);
  customElements.define("tdm-intake", Intake);
  const upgrade = () => {
    for (const box of document.querySelectorAll("[data-tdm=offers],[data-tdm=intake]")) {
      const made = document.createElement("tdm-" + box.dataset.tdm);
      for (const { name, value } of box.attributes) {
        if (name === "data-tdm") continue;
        made.setAttribute(/^data-(?!prefill-)/.test(name) ? name.slice(5) : name, value);
      }
      made.append(...box.childNodes);
      box.replaceWith(made);
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", upgrade);
  else upgrade();
})();
