// <jg-picture>: one picture over the whole screen, with its caption; arrows turn, Escape closes.
function made(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text ?? "";
  return element;
}

class Picture extends HTMLElement {
  show(links, place) {
    this.dialog ??= this.build();
    this.links = links;
    this.turnTo(place);
    this.dialog.showModal();
  }

  turnTo(place) {
    this.place = (place + this.links.length) % this.links.length;
    const link = this.links[this.place];
    this.image.src = link.href;
    this.image.alt = link.dataset.caption;
    this.caption.textContent = link.dataset.caption;
    this.original.href = link.dataset.original;
    this.counter.textContent = `${this.place + 1} / ${this.links.length}`;
    for (const button of [this.earlier, this.later]) button.hidden = this.links.length < 2;
  }

  build() {
    const dialog = made("dialog", "picture");
    const [head, view, foot] = ["picture-head", "picture-view", "picture-foot"].map((name) => made("div", name));
    this.counter = made("span", "picture-count");
    this.original = made("a", "", this.dataset.original);
    this.image = document.createElement("img");
    this.caption = made("span", "picture-caption");
    this.earlier = this.button("‹", this.dataset.previous, () => this.turnTo(this.place - 1));
    this.later = this.button("›", this.dataset.next, () => this.turnTo(this.place + 1));
    const close = this.button("✕", this.dataset.close, () => dialog.close());
    close.autofocus = true;
    head.append(this.counter, this.original, close);
    view.append(this.image);
    foot.append(this.earlier, this.caption, this.later);
    dialog.append(head, view, foot);
    dialog.addEventListener("keydown", (event) => this.pressed(event));
    this.append(dialog);
    return dialog;
  }

  button(sign, label, act) {
    const button = made("button", "", sign);
    button.type = "button";
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    return button;
  }

  pressed(event) {
    if (event.key === "ArrowLeft") this.turnTo(this.place - 1);
    if (event.key === "ArrowRight") this.turnTo(this.place + 1);
    event.stopPropagation();
  }
}

customElements.define("jg-picture", Picture);
