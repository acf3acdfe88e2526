// After a refused form the first field with an error has the focus, else what was said of the form as a whole.
function firstError() {
  const field = document.querySelector("main .is-invalid, main fieldset[aria-invalid=true] input");
  if (field) return field;
  const notice = document.querySelector("main form .notice-error[role=alert]");
  if (notice) notice.tabIndex = -1;
  return notice;
}

if (document.activeElement === document.body) firstError()?.focus();
