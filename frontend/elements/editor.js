// <jg-editor data-report="…">: figures go in at the cursor and are found as one types; what was typed and not saved is
// kept on this device; after saving, the text stands where it stood. Without a script the marks can be copied from the
// list, and Preview is a button.
const KEEP_AFTER = 400;

class Editor extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#report-form");
    this.text = this.querySelector("[data-editor-text]");
    this.find = this.querySelector("[data-find]");
    for (const button of document.querySelectorAll(".page-acts [data-without-script]")) button.hidden = true;
    this.addEventListener("click", (event) => this.clicked(event));
    this.text.addEventListener("input", () => this.typed());
    this.find.addEventListener("input", () => this.filter());
    this.addEventListener("htmx:oobAfterSwap", () => this.filter());
    this.form.addEventListener("submit", () => this.leave());
    document.addEventListener("keydown", (event) => this.pressed(event));
    this.openTabs();
    this.openComments();
    this.comeBack();
    this.offerKept();
  }

  // What was typed in the last moment before is kept too: else an older state would be offered afterwards.
  leave() {
    clearTimeout(this.timer);
    if (localStorage.getItem(this.place) !== null) localStorage.setItem(this.place, this.text.value);
    const { value, selectionStart, selectionEnd, scrollTop } = this.text;
    const left = { value, selectionStart, selectionEnd, scrollTop, page: window.scrollY };
    try {
      sessionStorage.setItem(this.place, JSON.stringify(left));
    } catch {
      // A full or forbidden store: the text then stands at its top.
    }
  }

  // What was saved is no longer kept here, though the server may have written codes as names meanwhile.
  comeBack() {
    const left = JSON.parse(sessionStorage.getItem(this.place));
    sessionStorage.removeItem(this.place);
    if (!left) return;
    if ("saved" in this.dataset && localStorage.getItem(this.place) === left.value) localStorage.removeItem(this.place);
    this.text.focus({ preventScroll: true });
    this.text.setSelectionRange(left.selectionStart, left.selectionEnd);
    this.text.scrollTop = left.scrollTop;
    window.scrollTo({ top: left.page, behavior: "instant" });
  }

  clicked(event) {
    const hit = event.target.closest("[data-insert], [data-line], [data-around], [data-start], [role=tab], [data-restore], [data-forget]");
    if (!hit) return;
    const { insert, line, around, start, end } = hit.dataset;
    if (insert) this.insert(insert);
    else if (line) this.beginLine(line);
    else if (around) this.wrap(around);
    else if (start) this.show(event, Number(start), Number(end));
    else if (hit.role === "tab") this.choose(hit);
    else this.settle("restore" in hit.dataset);
  }

  pressed(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "s" || !this.isConnected) return;
    event.preventDefault();
    this.form.requestSubmit(document.querySelector("[data-save]"));
  }

  // execCommand keeps the browser's own undo; setRangeText is for those that have dropped it.
  insert(words) {
    this.text.focus();
    if (document.execCommand("insertText", false, words)) return;
    this.text.setRangeText(words, this.text.selectionStart, this.text.selectionEnd, "end");
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  beginLine(mark) {
    const { value, selectionStart } = this.text;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const old = value.slice(start).match(/^[#＃]{1,4}[ \u3000]+/)?.[0] ?? "";
    this.text.setSelectionRange(start, start + old.length);
    this.insert(old === mark ? "" : mark);
  }

  wrap(mark) {
    const { value, selectionStart, selectionEnd } = this.text;
    this.insert(`${mark}${value.slice(selectionStart, selectionEnd)}${mark}`);
  }

  // The server counts characters, the browser counts UTF-16 units.
  show(event, start, end) {
    event.preventDefault();
    const signs = Array.from(this.text.value);
    const before = signs.slice(0, start).join("").length;
    this.text.focus();
    this.text.setSelectionRange(before, before + signs.slice(start, end).join("").length);
    const share = before / Math.max(this.text.value.length, 1);
    this.text.scrollTop = share * this.text.scrollHeight - this.text.clientHeight / 2;
    this.text.scrollIntoView({ block: "nearest" });
  }

  filter() {
    const words = this.find.value.trim().toLowerCase().split(/\s+/);
    let shown = 0;
    for (const group of this.querySelectorAll(".figure-group")) {
      const items = [...group.querySelectorAll("[data-words]")];
      for (const item of items) item.hidden = !words.every((word) => item.dataset.words.includes(word));
      group.hidden = items.every((item) => item.hidden);
      const parts = group.querySelector(".figure-parts");
      if (parts) parts.hidden = items.slice(1).every((item) => item.hidden);
      if (parts) parts.open = words[0] !== "" && items[0].hidden;
      if (!group.hidden) shown += 1;
    }
    const none = this.querySelector(".figures-none");
    if (none) none.hidden = shown > 0;
  }

  // What is selected in the text is what a comment is about. Once it is said, its form is empty again.
  openComments() {
    const form = this.querySelector("[data-comment-form]");
    form.hidden = false;
    this.text.addEventListener("select", () => this.quote(form));
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.target !== form || !event.detail.successful) return;
      form.querySelector("[name=words]").value = "";
      this.quote(form, "");
    });
  }

  quote(form, words) {
    const { value, selectionStart, selectionEnd } = this.text;
    const quote = words ?? value.slice(selectionStart, selectionEnd).slice(0, 200);
    form.querySelector("[data-quote]").value = quote;
    form.querySelector("[data-quote-start]").value = quote ? Array.from(value.slice(0, selectionStart)).length : "";
    const shown = form.querySelector("[data-quoted]");
    shown.textContent = quote;
    shown.hidden = !quote;
    form.querySelector("[data-quote-none]").hidden = Boolean(quote);
  }

  openTabs() {
    const list = this.querySelector("[role=tablist]");
    list.hidden = false;
    list.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const other = list.querySelector("[aria-selected=false]");
      this.choose(other);
      other.focus();
    });
    this.choose(list.querySelector("[aria-selected=true]"));
  }

  choose(tab) {
    for (const other of tab.parentElement.children) {
      other.ariaSelected = String(other === tab);
      other.tabIndex = other === tab ? 0 : -1;
    }
    this.querySelector(".editor-side").dataset.tab = tab.id;
  }

  get place() {
    return `report:${this.dataset.report}`;
  }

  typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      localStorage.setItem(this.place, this.text.value);
      this.querySelector("[data-kept]").hidden = false;
    }, KEEP_AFTER);
  }

  offerKept() {
    const kept = localStorage.getItem(this.place);
    if (kept === null || kept === this.text.value) localStorage.removeItem(this.place);
    else this.querySelector(".editor-restore").hidden = false;
  }

  settle(restore) {
    if (restore) {
      this.text.select();
      this.insert(localStorage.getItem(this.place));
    } else localStorage.removeItem(this.place);
    this.querySelector(".editor-restore").hidden = true;
  }
}

customElements.define("jg-editor", Editor);
