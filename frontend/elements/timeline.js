// <jg-timeline>: arrow keys go from task to task; while one is pointed at or focused, those that it waits for
// (data-needs, the ids of their rows) are marked. It opens with today in sight.
class Timeline extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.pressed(event));
    for (const name of ["mouseover", "focusin"]) this.addEventListener(name, (event) => this.mark(event.target));
    for (const name of ["mouseleave", "focusout"]) this.addEventListener(name, () => this.mark());
    this.showToday();
  }

  showToday() {
    const box = this.querySelector(".timeline");
    const today = this.querySelector(".timeline-today");
    if (!box || !today || box.scrollWidth <= box.clientWidth) return;
    box.scrollLeft += today.getBoundingClientRect().left - box.getBoundingClientRect().left - box.clientWidth * 0.7;
  }

  pressed(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    const links = [...this.querySelectorAll(".timeline-name a")];
    const place = links.indexOf(event.target);
    if (!step || place < 0) return;
    event.preventDefault();
    links[place + step]?.focus();
  }

  mark(target) {
    for (const row of this.querySelectorAll(".is-needed")) row.classList.remove("is-needed");
    const needs = target?.closest?.("tr[data-needs]")?.dataset.needs ?? "";
    for (const id of needs.split(" ").filter(Boolean)) document.getElementById(id)?.classList.add("is-needed");
  }
}

customElements.define("jg-timeline", Timeline);
