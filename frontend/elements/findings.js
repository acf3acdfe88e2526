// <jg-findings>: j and k go from one [data-finding] to the next or the one before, o opens its trail, p its figure to choose.
import { isBusy } from "../busy.js";

class Findings extends HTMLElement {
  connectedCallback() {
    this.pressed = (event) => this.turn(event);
    document.addEventListener("keydown", this.pressed);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.pressed);
  }

  turn(event) {
    if (isBusy(event)) return;
    if (event.key === "o") this.querySelector("[data-finding][aria-current] a[data-trail]")?.click();
    if (event.key === "p") this.choose(event);
    const step = { j: 1, k: -1 }[event.key];
    if (step) this.go(step);
  }

  choose(event) {
    const choice = this.querySelector("[data-finding][aria-current] details");
    if (!choice) return;
    event.preventDefault();
    choice.open = true;
    choice.querySelector("input[list]").focus();
  }

  go(step) {
    const findings = [...this.querySelectorAll("[data-finding]")];
    const place = findings.findIndex((finding) => finding.hasAttribute("aria-current"));
    const next = findings[place < 0 ? (step > 0 ? 0 : findings.length - 1) : place + step];
    if (!next) return;
    findings[place]?.removeAttribute("aria-current");
    next.setAttribute("aria-current", "true");
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  }
}

customElements.define("jg-findings", Findings);
