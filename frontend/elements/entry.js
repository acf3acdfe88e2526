// <jg-entry data-uuid data-place data-owner>: what is typed stays on the device until the server has it, and a form
// is sent once. What a crash left behind comes back with its uuid, so that it cannot be booked twice; once the server has
// a draft of it, what is typed belongs to that draft's own page and comes back there only.
import htmx from "htmx.org";

const PREFIX = "jiangong.entry.";
const DAYS_KEPT = 7;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "uuid", "version", "shown", "shown_now", "remove", "act"]);

class Entry extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.key = PREFIX + this.dataset.uuid;
    this.form.addEventListener("input", () => this.keepSoon());
    this.form.addEventListener("change", () => this.keepSoon());
    this.form.addEventListener("submit", (event) => this.send(event));
    window.addEventListener("pagehide", this);
    window.addEventListener("pageshow", this);
    if ("bound" in this.dataset) this.cameBack();
    else queueMicrotask(() => this.restore());
  }

  disconnectedCallback() {
    window.removeEventListener("pagehide", this);
    window.removeEventListener("pageshow", this);
  }

  handleEvent(event) {
    if (event.type === "pagehide" && this.timer) this.keep();
    if (event.type === "pageshow" && event.persisted) this.release();
  }

  // Kept anew, under the version that the server's draft has by now.
  cameBack() {
    if (this.form.elements.version.value) this.keep();
    this.form.querySelector(".is-invalid, .finding-error")?.scrollIntoView({ block: "center" });
  }

  keepSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), 300);
  }

  typed() {
    const pairs = [...new FormData(this.form)];
    return pairs.filter(([name, value]) => typeof value === "string" && !NOT_KEPT.has(name));
  }

  keep() {
    clearTimeout(this.timer);
    this.timer = null;
    const { place, owner } = this.dataset;
    const kept = { place, owner, at: Date.now(), version: this.form.elements.version.value, fields: this.typed() };
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // A full or forbidden store: the page works as before.
    }
  }

  restore() {
    const [key, kept] = this.left();
    if (!kept) return;
    this.key = key;
    this.form.elements.uuid.value = key.slice(PREFIX.length);
    if (JSON.stringify(kept.fields) === JSON.stringify(this.typed())) return;
    this.fill(kept.fields);
    this.tell();
    this.check();
  }

  left() {
    const version = this.form.elements.version.value;
    const found = [];
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      const kept = read(key);
      if (!kept || Date.now() - kept.at > DAYS_KEPT * 864e5) localStorage.removeItem(key);
      else if (kept.owner === this.dataset.owner && kept.version === version && this.fits(key, kept)) {
        found.push([key, kept]);
      }
    }
    return found.sort((one, other) => other[1].at - one[1].at)[0] ?? [];
  }

  fits(key, kept) {
    return key === this.key || (kept.version === "" && kept.place === this.dataset.place);
  }

  fill(fields) {
    const given = new Map();
    for (const [name, value] of fields) given.set(name, [...(given.get(name) ?? []), value]);
    for (const element of this.form.elements) {
      if (!element.name || NOT_KEPT.has(element.name) || element.type === "file") continue;
      give(element, given.get(element.name) ?? []);
    }
    this.form.dispatchEvent(new Event("change"));
  }

  // What came back is checked as if it had just been typed.
  check() {
    const checked = this.querySelector("[hx-post]");
    if (!checked) return;
    htmx.process(checked);
    checked.dispatchEvent(new Event("change"));
  }

  tell() {
    const notice = document.createElement("div");
    notice.className = "notice";
    notice.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = this.dataset.restored;
    const discard = document.createElement("button");
    discard.type = "button";
    discard.className = "btn btn-sm";
    discard.textContent = this.dataset.discard;
    discard.addEventListener("click", () => {
      localStorage.removeItem(this.key);
      clearTimeout(this.timer);
      this.timer = null;
      location.reload();
    });
    notice.append(words, discard);
    this.form.before(notice);
  }

  send(event) {
    if (this.sent) {
      event.preventDefault();
      return;
    }
    this.sent = true;
    this.keep();
    const act = event.submitter?.value ?? "submit";
    this.pressed = this.querySelector(`.entry-acts [value="${act}"]`);
    if (!this.pressed) return;
    this.pressed.dataset.words = this.pressed.lastChild.textContent;
    this.pressed.lastChild.textContent = this.dataset.sending;
    this.form.setAttribute("aria-busy", "true");
  }

  release() {
    this.sent = false;
    this.form.removeAttribute("aria-busy");
    if (this.pressed) this.pressed.lastChild.textContent = this.pressed.dataset.words;
  }
}

function give(element, values) {
  if (element.type === "checkbox" || element.type === "radio") element.checked = values.includes(element.value);
  else if (element.multiple) for (const option of element.options) option.selected = values.includes(option.value);
  else element.value = values[0] ?? "";
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

customElements.define("jg-entry", Entry);
