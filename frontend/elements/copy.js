// <jg-copy data-done="…">: its button takes the field's text along. Without a script the text is marked and copied by hand.
const SHOWN_FOR = 2000;

class Copy extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.button = this.querySelector("button");
    this.label = this.button.querySelector("span");
    this.button.hidden = false;
    this.field.addEventListener("focus", () => this.field.select());
    this.button.addEventListener("click", () => this.copy());
  }

  async copy() {
    this.field.select();
    try {
      await navigator.clipboard.writeText(this.field.value);
    } catch {
      document.execCommand("copy"); // over plain HTTP there is no clipboard
    }
    this.say();
  }

  say() {
    const before = (this.before ??= this.label.textContent);
    this.label.textContent = this.dataset.done;
    setTimeout(() => (this.label.textContent = before), SHOWN_FOR);
  }
}

customElements.define("jg-copy", Copy);
