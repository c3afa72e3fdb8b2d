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

// What is new and just being saved by itself would be made twice by a press of the button: the press waits for it, and
// goes to the page that was made.
(() => {
  const isNew = (form) => new URL(form.action).pathname.includes("/add/");
  const saver = (form) => window.wagtail?.app?.getControllerForElementAndIdentifier(form, "w-autosave");

  async function pressAgain(form, button) {
    while (isNew(form) && saver(form).submitPromise) await saver(form).submitPromise;
    if (button) button.disabled = false; // Wagtail's progress switches it off; what it says would not be sent
    form.requestSubmit(button);
  }

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!isNew(form) || !saver(form)?.submitPromise) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressAgain(form, event.submitter);
    },
    true,
  );
})();
