// <jg-narrow data-search data-none>: a select with many options, of which only those that fit what is typed are offered.
class Narrow extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    if (!this.select || this.search || this.select.options.length <= FEW) return;
    this.options = [...this.select.options];
    this.search = document.createElement("input");
    this.search.type = "search";
    this.search.className = "form-control";
    this.search.placeholder = this.dataset.search;
    this.search.setAttribute("aria-label", this.dataset.search);
    this.search.addEventListener("input", (event) => {
      event.stopPropagation();
      this.narrow();
    });
    this.search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    this.said = document.createElement("div");
    this.said.className = "form-hint";
    this.said.setAttribute("role", "status");
    this.select.before(this.search);
    this.select.after(this.said);
  }

  // What is chosen stays until something that fits is there to take its place.
  narrow() {
    const words = this.search.value.trim().toLowerCase();
    const chosen = this.select.value;
    const found = this.options.filter((option) => option.text.toLowerCase().includes(words));
    this.select.replaceChildren(...(found.length ? found : this.options.filter((option) => option.value === chosen)));
    if (found.some((option) => option.value === chosen)) this.select.value = chosen;
    else this.select.selectedIndex = 0;
    this.said.textContent = found.length ? "" : this.dataset.none;
    if (this.select.value !== chosen) this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

const FEW = 10;

customElements.define("jg-narrow", Narrow);
