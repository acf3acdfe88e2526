// <jg-choices data-search>: a list of many to choose several from, narrowed as one types. The <select> keeps the choice.
const SHOWN = 30;

class Choices extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select[multiple]");
    if (!this.select || this.search) return;
    this.select.hidden = true;
    this.search = document.createElement("input");
    this.search.type = "search";
    this.search.className = "form-control";
    this.search.placeholder = this.dataset.search;
    this.search.setAttribute("aria-label", this.dataset.search);
    this.search.addEventListener("input", () => this.draw());
    this.search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    this.list = document.createElement("div");
    this.list.className = "choices-list";
    this.select.after(this.search, this.list);
    this.select.form.addEventListener("change", (event) => event.target === this.select.form && this.draw());
    this.draw();
  }

  draw() {
    const words = this.search.value.trim();
    const options = [...this.select.options];
    const chosen = options.filter((option) => option.selected);
    const found = words ? options.filter((option) => !option.selected && option.text.includes(words)) : [];
    this.list.replaceChildren(...[...chosen, ...found.slice(0, SHOWN)].map((option) => this.line(option)));
  }

  line(option) {
    const line = document.createElement("label");
    line.className = "form-check";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "form-check-input";
    box.checked = option.selected;
    box.addEventListener("change", () => {
      option.selected = box.checked;
    });
    const words = document.createElement("span");
    words.className = "form-check-label";
    words.textContent = option.text;
    line.append(box, words);
    return line;
  }
}

customElements.define("jg-choices", Choices);
