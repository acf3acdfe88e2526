// <jg-photos data-limit data-most>: shows what was chosen, adds to it, takes off, and makes smaller only what the server
// would refuse: a photo within the limit goes as it is, with the time and place that the camera wrote into it.
const LONGEST = 2560;
const LATER_SEEN = /\.hei[cf]$/i;
const SHRINKABLE = ["image/jpeg", "image/png", "image/webp"];

class Photos extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.adder = this.querySelector(".photo-adder");
    this.hint = this.querySelector(".form-hint");
    this.chosen = [];
    this.input.addEventListener("change", () => this.take());
    this.addEventListener("change", (event) => this.mark(event.target));
    if (this.input.files.length) this.take();
  }

  mark(box) {
    if (box.name === "remove") box.closest(".photo").classList.toggle("photo-going", box.checked);
  }

  async take() {
    const room = Number(this.dataset.most) - this.chosen.length;
    const fresh = [...this.input.files].filter((file) => !this.has(file));
    if (fresh.length > room) this.say(this.dataset.tooMany);
    const added = fresh.slice(0, room).map((file) => ({ file, name: file.name, size: file.size }));
    this.chosen.push(...added);
    this.draw();
    for (const item of added) await this.fit(item);
    if (added.some((item) => item.shrunk)) this.draw();
  }

  has(file) {
    return this.chosen.some((item) => item.name === file.name && item.size === file.size);
  }

  say(words) {
    this.hint.textContent = words;
  }

  async fit(item) {
    if (item.size <= Number(this.dataset.limit) || !SHRINKABLE.includes(item.file.type)) return;
    const small = await shrunk(item.file);
    if (small) Object.assign(item, { file: small, shrunk: true });
  }

  draw() {
    const carried = new DataTransfer();
    for (const item of this.chosen) carried.items.add(item.file);
    this.input.files = carried.files;
    for (const old of this.querySelectorAll(".photo-new")) old.remove();
    this.adder.before(...this.chosen.map((item) => this.card(item)));
  }

  card(item) {
    const card = document.createElement("div");
    card.className = "photo photo-new";
    const off = document.createElement("button");
    off.type = "button";
    off.className = "photo-off";
    off.textContent = "×";
    off.setAttribute("aria-label", `${this.dataset.remove}: ${item.name}`);
    off.addEventListener("click", () => this.drop(item));
    card.append(this.picture(item, card), off);
    if (item.shrunk) card.append(label("photo-note", this.dataset.shrunk));
    return card;
  }

  picture(item, card) {
    const image = document.createElement("img");
    image.alt = item.name;
    image.src = URL.createObjectURL(item.file);
    image.addEventListener("load", () => URL.revokeObjectURL(image.src));
    image.addEventListener("error", () => this.unseen(item, card, image));
    return image;
  }

  // Not every browser shows HEIC; anything else that does not show is no photo, and the server would refuse it.
  unseen(item, card, image) {
    card.replaceChild(label("photo-file", item.name), image);
    if (!item.file.type.startsWith("image/") || LATER_SEEN.test(item.name)) return;
    card.classList.add("photo-bad");
    card.append(label("photo-note", this.dataset.unreadable));
  }

  drop(item) {
    this.chosen = this.chosen.filter((other) => other !== item);
    this.draw();
    this.input.focus();
  }
}

function label(kind, words) {
  const span = document.createElement("span");
  span.className = kind;
  span.textContent = words;
  return span;
}

async function shrunk(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.86));
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
  } catch {
    return null;
  }
}

customElements.define("jg-photos", Photos);
