// Keys for the whole desk: every element with data-key="x" is pressed, or focused if it is an input, by that key.
function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable]") !== null;
}

function act(element) {
  if (element.matches("input, textarea, select")) element.focus();
  else element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const found = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === event.key);
  if (!found) return;
  event.preventDefault();
  act(found);
});
