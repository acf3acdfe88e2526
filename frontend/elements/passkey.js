// <jg-passkey data-options="…" data-answer="…">: asks the device for a passkey and sends what it answers. With data-make
// the key is made, and the answer goes with the form inside. Hidden where the browser knows no passkeys.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

function text(buffer) {
  const signs = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const listed = (keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

class Passkey extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential || !window.isSecureContext) return;
    this.hidden = false;
    this.fault = this.querySelector("[role=alert]");
    this.makes = "make" in this.dataset;
    const starter = this.makes ? this.querySelector("form") : this.querySelector("button");
    starter.addEventListener(this.makes ? "submit" : "click", (event) => {
      event.preventDefault();
      this.start();
    });
  }

  get token() {
    return document.querySelector("input[name=csrfmiddlewaretoken]").value;
  }

  async start() {
    this.fault.hidden = true;
    try {
      const asked = await this.asked();
      const key = this.makes
        ? await navigator.credentials.create({ publicKey: asked })
        : await navigator.credentials.get({ publicKey: asked });
      this.send(JSON.stringify(this.answer(key)));
    } catch {
      this.fault.hidden = false; // refused on the device, or the time ran out
    }
  }

  async asked() {
    const headers = { "X-CSRFToken": this.token };
    const options = await (await fetch(this.dataset.options, { method: "POST", headers })).json();
    options.challenge = bytes(options.challenge);
    if (this.makes) {
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = listed(options.excludeCredentials);
    } else {
      options.allowCredentials = listed(options.allowCredentials);
    }
    return options;
  }

  answer(key) {
    const said = key.response;
    const response = { clientDataJSON: text(said.clientDataJSON) };
    if (this.makes) {
      response.attestationObject = text(said.attestationObject);
    } else {
      response.authenticatorData = text(said.authenticatorData);
      response.signature = text(said.signature);
      if (said.userHandle) response.userHandle = text(said.userHandle);
    }
    return { id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {} };
  }

  send(answer) {
    if (this.makes) {
      const form = this.querySelector("form");
      form.querySelector("input[name=answer]").value = answer;
      form.submit();
      return;
    }
    const form = document.createElement("form");
    form.method = "post";
    form.action = this.dataset.answer;
    const next = document.querySelector("input[name=next]")?.value ?? "";
    for (const [name, value] of Object.entries({ csrfmiddlewaretoken: this.token, answer, next })) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  }
}

customElements.define("jg-passkey", Passkey);
