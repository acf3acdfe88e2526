// After a refused form the first field with an error has the focus, else what was said of the form as a whole.
function firstError() {
  const field = document.querySelector("main .is-invalid, main fieldset[aria-invalid=true] input");
  if (field) return field;
  const notice = document.querySelector("main form .notice-error[role=alert]");
  if (notice) notice.tabIndex = -1;
  return notice;
}

if (document.activeElement === document.body) firstError()?.focus();

// What is being corrected loses its mark at once, and what was said of it once the correction is done.
function corrected(event) {
  const field = event.target.closest?.(".field");
  const marked = event.target.closest?.(".is-invalid, fieldset[aria-invalid=true]");
  if (marked) {
    marked.classList.remove("is-invalid");
    marked.removeAttribute("aria-invalid");
    field?.setAttribute("data-corrected", "");
  }
  if (event.type !== "change" || !field?.hasAttribute("data-corrected")) return;
  field.removeAttribute("data-corrected");
  // Its place stays, so that the button does not move away under the pointer that is about to press it.
  for (const said of field.querySelectorAll(".field-error")) said.classList.add("is-past");
}

// What the server says of a quantity while it is typed comes into the place that describes its field.
function markedAsSaid(event) {
  const said = event.detail.target;
  const input = said?.id && document.querySelector(`.form-control[aria-describedby~="${CSS.escape(said.id)}"]`);
  if (!input) return;
  const isWrong = Boolean(said.querySelector(".field-error"));
  input.classList.toggle("is-invalid", isWrong);
  if (isWrong) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

document.addEventListener("htmx:oobAfterSwap", markedAsSaid);
document.addEventListener("input", corrected);
document.addEventListener("change", corrected);
