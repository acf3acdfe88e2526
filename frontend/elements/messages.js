// <jg-messages>: lets people close what they have read.
class Messages extends HTMLElement {
  connectedCallback() {
    for (const button of this.querySelectorAll("[data-close]")) {
      button.hidden = false;
      button.addEventListener("click", () => button.closest(".notice").remove());
    }
  }
}

customElements.define("jg-messages", Messages);
