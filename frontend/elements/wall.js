// <jg-wall data-seconds="60">: asks for its own page again, and changes what hangs there only once it is whole, its
// photos included. Without an answer the last stays, and says since when. The clock is the screen's own.
class Wall extends HTMLElement {
  connectedCallback() {
    this.readAt = this.clock().textContent;
    this.ticking = setInterval(() => this.tick(), 1000);
    this.asking = setInterval(() => this.refresh(), Number(this.dataset.seconds) * 1000);
    this.tick();
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
    clearInterval(this.asking);
  }

  clock() {
    return this.querySelector("[data-clock]");
  }

  tick() {
    const now = new Date();
    const text = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
    if (this.clock().textContent !== text) this.clock().textContent = text;
    const isFull = Math.abs(window.innerHeight - screen.height) < 2;
    document.body.classList.toggle("is-full", isFull);
  }

  async refresh() {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("[data-wall]");
      if (!next) throw new Error("no wall");
      await this.hang(document.adoptNode(next));
    } catch {
      this.lost();
    }
  }

  async hang(next) {
    const readAt = next.querySelector("[data-clock]").textContent;
    await Promise.all([...next.querySelectorAll("img")].map((picture) => picture.decode().catch(() => {})));
    const hadFocus = this.contains(document.activeElement) && document.activeElement.getAttribute("href");
    this.querySelector("[data-wall]").replaceWith(next);
    this.readAt = readAt;
    this.tick();
    if (hadFocus) this.querySelector(`a[href="${CSS.escape(hadFocus)}"]`)?.focus();
  }

  lost() {
    const state = this.querySelector("[data-state]");
    state.textContent = `${this.dataset.failed} ${this.readAt}`;
    state.classList.add("is-lost");
  }
}

customElements.define("jg-wall", Wall);
