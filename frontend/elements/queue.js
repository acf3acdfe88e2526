// <jg-queue>: j and k go to the next and the one before in its list, beside the keys that data-key gives.
import { isBusy } from "../busy.js";

class Queue extends HTMLElement {
  connectedCallback() {
    this.pressed = (event) => this.turn(event);
    document.addEventListener("keydown", this.pressed);
    this.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.pressed);
  }

  turn(event) {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || isBusy(event)) return;
    const links = [...this.querySelectorAll("[data-item]")];
    const place = links.findIndex((link) => link.hasAttribute("aria-current"));
    links[place + step]?.click();
  }
}

customElements.define("jg-queue", Queue);
