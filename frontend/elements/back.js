// <jg-back>: turns its link into one to the page before, where there is one of ours.
class Back extends HTMLElement {
  connectedCallback() {
    const link = this.querySelector("a");
    if (!document.referrer.startsWith(location.origin) || document.referrer === location.href) {
      this.hidden = true;
      return;
    }
    link.textContent = link.dataset.back;
    link.href = document.referrer;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.back();
    });
  }
}

customElements.define("jg-back", Back);
