// <jg-reason>: its form asks for the reason in a dialog, and Ctrl+Enter sends it; without a script it folds out in place.
class Reason extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.summary = this.querySelector("summary");
    this.summary.addEventListener("click", (event) => {
      event.preventDefault();
      this.open();
    });
  }

  open() {
    this.dialog ??= this.build();
    this.dialog.showModal();
    this.form.querySelector("textarea, input:not([type=hidden])")?.focus();
  }

  build() {
    const dialog = document.createElement("dialog");
    dialog.className = "sheet reason-dialog";
    dialog.append(this.form);
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    for (const button of this.form.querySelectorAll("[data-close]")) {
      button.hidden = false;
      button.addEventListener("click", () => dialog.close());
    }
    this.append(dialog);
    return dialog;
  }
}

customElements.define("jg-reason", Reason);
