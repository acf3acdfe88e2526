// <jg-filters data-results="#results">: applies its GET form as one types and chooses; the address keeps the filters,
// and so does every link marked data-filtered.
import htmx from "htmx.org";

class Filters extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    for (const button of this.querySelectorAll("[data-without-script]")) button.hidden = true;
    this.form.addEventListener("submit", (event) => this.apply(event));
    this.form.addEventListener("change", () => this.apply());
    this.form.addEventListener("input", (event) => this.typed(event));
  }

  typed(event) {
    if (event.target.type !== "search") return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.apply(), 350);
  }

  apply(event) {
    event?.preventDefault();
    clearTimeout(this.timer);
    const chosen = [...new FormData(this.form)].filter(([, value]) => value !== "");
    const address = `${location.pathname}?${new URLSearchParams(chosen)}`;
    if (address === this.shown) return;
    this.shown = address;
    const target = this.dataset.results;
    htmx.ajax("GET", address, { target, select: target, swap: "outerHTML", source: this.form });
    history.replaceState(history.state, "", address);
    for (const link of document.querySelectorAll("a[data-filtered]")) link.search = location.search;
  }
}

customElements.define("jg-filters", Filters);
