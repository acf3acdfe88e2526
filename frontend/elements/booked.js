// <jg-booked data-uuid>: the server has it, so the device forgets it.
class Booked extends HTMLElement {
  connectedCallback() {
    localStorage.removeItem(`jiangong.entry.${this.dataset.uuid}`);
  }
}

customElements.define("jg-booked", Booked);
