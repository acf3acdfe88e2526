// Whether a key that was pressed belongs to a field, a dialog or the browser rather than to the page.
export function isBusy(event) {
  const typing = event.target.closest?.("input, textarea, select");
  return typing || document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey;
}
