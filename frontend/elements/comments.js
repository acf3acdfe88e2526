// <jg-comments data-comment="…">: what is selected in the text ([data-passages]) can be commented, and a comment's quote
// leads to its paragraph. Without a script the paragraph is chosen from a list.
class Comments extends HTMLElement {
  connectedCallback() {
    this.passages = this.querySelector("[data-passages]");
    this.form = this.querySelector("[data-comment-form]");
    this.addEventListener("click", (event) => this.clicked(event));
    if (!this.passages || !this.form) return;
    this.button = this.build();
    document.addEventListener("selectionchange", () => this.offer());
  }

  get paragraphs() {
    return [...this.passages.querySelectorAll(".official > :is(p, h3, h4, h5, h6)")].filter(
      (element) => !/official-(subtitle|recipient|annex|number|title)/.test(element.className),
    );
  }

  build() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm comment-here";
    button.textContent = this.dataset.comment;
    button.hidden = true;
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => this.take());
    this.append(button);
    return button;
  }

  selected() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const place = this.paragraphs.findIndex((element) => element.contains(range.startContainer));
    return place < 0 ? null : { place, quote: selection.toString().split("\n")[0].trim(), range };
  }

  offer() {
    const found = this.selected();
    this.button.hidden = !found?.quote;
    if (!found) return;
    const area = found.range.getBoundingClientRect();
    const home = this.getBoundingClientRect();
    this.button.style.setProperty("inset-block-start", `${Math.max(0, area.bottom - home.top + 6)}px`);
    this.button.style.setProperty("inset-inline-start", `${Math.max(0, Math.min(area.left - home.left, home.width - 150))}px`);
  }

  take() {
    const found = this.selected();
    if (!found) return;
    this.form.querySelector("[name=paragraph]").value = String(found.place);
    this.form.querySelector("[data-quote]").value = found.quote;
    const shown = this.form.querySelector("[data-quoted]");
    shown.textContent = found.quote;
    shown.hidden = false;
    this.button.hidden = true;
    this.form.querySelector("[name=words]").focus();
    this.form.scrollIntoView({ block: "center" });
  }

  clicked(event) {
    const link = event.target.closest("[data-paragraph]");
    const paragraph = link && this.paragraphs[Number(link.dataset.paragraph)];
    if (!paragraph) return;
    event.preventDefault();
    for (const other of this.passages.querySelectorAll(".passage-shown")) other.classList.remove("passage-shown");
    paragraph.classList.add("passage-shown");
    paragraph.tabIndex = -1;
    paragraph.focus({ preventScroll: true });
    paragraph.scrollIntoView({ block: "center" });
  }
}

customElements.define("jg-comments", Comments);
