// <jg-evidence>: its pictures open large, one after the other, in <jg-picture>.
class Evidence extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-picture]");
      const viewer = document.querySelector("jg-picture");
      if (!link || !viewer || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      const links = [...this.querySelectorAll("a[data-picture]")];
      viewer.show(links, links.indexOf(link));
    });
  }
}

customElements.define("jg-evidence", Evidence);
