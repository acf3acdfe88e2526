// <jg-choices data-search data-ask>: a list of many to choose from, narrowed as one types. The <select> keeps the choice.
// Where data-ask names an address, it has what the list does not: {"choices": [[value, text], …]} for ?q=words.
const SHOWN = 30;
const PAUSE = 250;

class Choices extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    if (!this.select || this.search) return;
    this.answered = new Set();
    this.select.hidden = true;
    this.search = document.createElement("input");
    this.search.type = "search";
    this.search.className = "form-control";
    this.search.placeholder = this.dataset.search;
    this.search.setAttribute("aria-label", this.dataset.search);
    this.search.addEventListener("input", () => this.typed());
    this.search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    this.list = document.createElement("div");
    this.list.className = "choices-list";
    this.list.setAttribute("aria-live", "polite");
    this.select.after(this.search, this.list);
    this.select.form.addEventListener("change", (event) => event.target === this.select.form && this.draw());
    this.draw();
  }

  typed() {
    this.draw();
    clearTimeout(this.pause);
    if (this.dataset.ask && this.words) this.pause = setTimeout(() => this.ask(this.words), PAUSE);
  }

  get words() {
    return this.search.value.trim();
  }

  async ask(words) {
    const answer = await fetch(`${this.dataset.ask}?q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer?.ok || words !== this.words) return;
    const { choices } = await answer.json();
    this.answered = new Set(choices.map(([value]) => String(value)));
    const there = new Set([...this.select.options].map((option) => option.value));
    for (const [value, text] of choices) {
      if (!there.has(String(value))) this.select.add(new Option(text, value));
    }
    this.draw();
  }

  draw() {
    const words = this.words;
    const options = [...this.select.options].filter((option) => this.select.multiple || option.value || !option.selected);
    const chosen = options.filter((option) => option.selected);
    const fits = (option) => option.text.includes(words) || this.answered.has(option.value);
    const found = words ? options.filter((option) => !option.selected && fits(option)) : [];
    const none = this.select.multiple ? [] : options.filter((option) => !option.value);
    this.list.replaceChildren(...[...chosen, ...new Set([...none, ...found.slice(0, SHOWN)])].map((option) => this.line(option)));
  }

  line(option) {
    const line = document.createElement("label");
    line.className = "form-check";
    const box = document.createElement("input");
    box.type = this.select.multiple ? "checkbox" : "radio";
    box.className = "form-check-input";
    box.checked = option.selected;
    box.addEventListener("change", () => {
      option.selected = box.checked;
      if (!this.select.multiple) this.draw();
    });
    const words = document.createElement("span");
    words.className = "form-check-label";
    words.textContent = option.text;
    line.append(box, words);
    return line;
  }
}

customElements.define("jg-choices", Choices);
