// <jg-drawer>: opens the page behind any <a data-trail> beside the present one. Links and GET forms inside stay
// in the drawer while they carry data-trail; all else leaves. Without a script the links just navigate.
import htmx from "htmx.org";

function opensElsewhere(event) {
  return event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey;
}

class Drawer extends HTMLElement {
  connectedCallback() {
    this.visited = [];
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("submit", (event) => this.submitted(event));
  }

  clicked(event) {
    const link = event.target.closest?.("a[data-trail]");
    if (!link || event.defaultPrevented || opensElsewhere(event)) return;
    event.preventDefault();
    this.opener ??= link;
    this.show(link.getAttribute("href"), link.hasAttribute("data-narrow")); // a bar of a chart has no plain .href
  }

  submitted(event) {
    const form = event.target.closest("form[data-trail]");
    if (!form || !this.dialog?.contains(form)) return;
    event.preventDefault();
    this.load(`${form.action.split("?")[0]}?${new URLSearchParams(new FormData(form))}`);
  }

  show(address, narrow) {
    this.dialog ??= this.build();
    if (!this.dialog.open) {
      this.dialog.classList.toggle("drawer-narrow", narrow);
      this.dialog.showModal();
    }
    this.load(address);
  }

  async load(address) {
    this.page.href = address;
    this.body.setAttribute("aria-busy", "true");
    this.asked = address;
    try {
      const answer = await fetch(address, { headers: { "X-Drawer": "1" } });
      if (answer.redirected && new URL(answer.url).pathname !== new URL(address, location).pathname) {
        location.assign(answer.url);
        return;
      }
      if (this.asked === address) this.fill(await answer.text());
    } catch {
      this.body.textContent = this.dataset.failed;
    }
    this.body.removeAttribute("aria-busy");
  }

  fill(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const content = page.querySelector("[data-drawer]") ?? page.querySelector("main");
    for (const extra of content.querySelectorAll("jg-messages, [data-page-only]")) extra.remove();
    this.body.replaceChildren(...[...content.childNodes].map((node) => document.adoptNode(node)));
    this.body.scrollTop = 0;
    htmx.process(this.body);
    (this.body.querySelector("[autofocus]") ?? this.closer).focus();
  }

  build() {
    const dialog = document.createElement("dialog");
    dialog.className = "sheet drawer";
    const head = document.createElement("div");
    head.className = "drawer-head";
    this.page = document.createElement("a");
    this.page.textContent = this.dataset.open;
    this.closer = document.createElement("button");
    this.closer.className = "btn btn-sm";
    this.closer.type = "button";
    this.closer.textContent = this.dataset.close;
    this.closer.addEventListener("click", () => dialog.close());
    this.body = document.createElement("div");
    this.body.className = "drawer-body";
    head.append(this.page, this.closer);
    dialog.append(head, this.body);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => this.closed());
    this.append(dialog);
    return dialog;
  }

  closed() {
    this.body.replaceChildren();
    this.opener?.focus();
    this.opener = undefined;
  }
}

customElements.define("jg-drawer", Drawer);
