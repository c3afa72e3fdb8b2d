// Wagtail's text editor has no name that a screen reader could say: it is given that of its field.
(() => {
  const UNNAMED = '[role="textbox"]:not([aria-label])';

  function name() {
    document.querySelectorAll(UNNAMED).forEach((box) => {
      const heading = box.closest("[data-panel]")?.querySelector("[data-panel-heading-text]");
      if (heading) box.setAttribute("aria-label", heading.textContent.trim());
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    name();
    new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
  });
})();

// A press of the button while the form is being saved by itself would send again what was new in it: a page made twice, a
// file attached twice. The press waits, and sends what has its number by then.
(() => {
  const saver = (form) => window.wagtail?.app?.getControllerForElementAndIdentifier(form, "w-autosave");

  async function pressAgain(form, button) {
    while (saver(form).submitPromise) await saver(form).submitPromise;
    if (button) button.disabled = false; // Wagtail's progress switches it off; what it says would not be sent
    form.requestSubmit(button);
  }

  document.addEventListener(
    "submit",
    (event) => {
      if (!saver(event.target)?.submitPromise) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressAgain(event.target, event.submitter);
    },
    true,
  );
})();
