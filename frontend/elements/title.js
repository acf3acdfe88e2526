// <jg-title data-kind data-pattern…>: the proposed title follows place and day until somebody writes another.
// It is Chinese in every language of the page, as the book is.
class Title extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    if (!this.form) return; // a preview is no form
    this.input = this.querySelector("input[name=title]");
    this.proposed = this.querySelector("input[name=proposed]");
    this.shown = this.querySelector("[data-shown]");
    this.form.addEventListener("change", () => this.follow());
    this.input.addEventListener("input", () => this.show());
    this.querySelector("details").addEventListener("toggle", (event) => event.target.open && this.input.focus());
  }

  follow() {
    const day = this.day();
    const untouched = this.input.value === "" || this.input.value === this.proposed.value;
    if (untouched && day) {
      const where = this.where();
      const title = this.pattern(where).replace("{where}", where).replace("{day}", day).slice(0, 120);
      this.input.value = title;
      this.proposed.value = title;
    }
    this.show();
  }

  pattern(where) {
    if (!where) return this.dataset.patternPlain;
    return where.endsWith(this.dataset.kind) ? this.dataset.patternNamed : this.dataset.pattern;
  }

  where() {
    for (const name of ["venue", "community"]) {
      const chosen = this.form.elements[name]?.selectedOptions?.[0];
      if (chosen?.value) return chosen.textContent.trim();
    }
    return "";
  }

  day() {
    const value = this.form.elements.happened_on.value;
    if (!value) return "";
    const [year, month, day] = value.split("-").map(Number);
    return year ? `${month}月${day}日` : "";
  }

  show() {
    this.shown.textContent = this.input.value;
  }
}

customElements.define("jg-title", Title);
