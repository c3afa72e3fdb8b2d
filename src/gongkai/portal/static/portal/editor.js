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
