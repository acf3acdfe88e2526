// <jg-menu>: a <details> that closes by itself when one looks away or presses Escape.
class Menu extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details");
    this.outside = (event) => {
      if (!this.contains(event.target)) this.details.open = false;
    };
    this.details.addEventListener("toggle", () => this.follow());
    this.addEventListener("keydown", (event) => this.escape(event));
  }

  disconnectedCallback() {
    document.removeEventListener("pointerdown", this.outside);
    document.removeEventListener("focusin", this.outside);
  }

  follow() {
    const change = this.details.open ? "addEventListener" : "removeEventListener";
    document[change]("pointerdown", this.outside);
    document[change]("focusin", this.outside);
  }

  escape(event) {
    if (event.key !== "Escape" || !this.details.open) return;
    event.stopPropagation();
    this.details.open = false;
    this.details.querySelector("summary").focus();
  }
}

customElements.define("jg-menu", Menu);
