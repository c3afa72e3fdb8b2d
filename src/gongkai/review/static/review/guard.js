/* What the door refused, said where the person is working. Wagtail's own scripts show a word in a corner (autosave) or
   nothing (preview, uploads), so this listens to what they announce and puts the procedure on the screen once. */
(() => {
  const script = document.currentScript;
  const words = JSON.parse(script.dataset.words);

  function show(refusal) {
    if (!refusal || !refusal.refused) return;
    let notice = document.querySelector(".guard-notice");
    if (!notice) {
      notice = document.createElement("section");
      notice.className = "guard-notice";
      notice.setAttribute("role", "alert");
      document.body.append(notice);
    }
    const said = [refusal.title, refusal.meaning, ...refusal.steps].join("\n");
    if (notice.dataset.said === said) return;
    notice.dataset.said = said;
    const heading = document.createElement("p");
    heading.className = "guard-notice__title";
    heading.textContent = refusal.title;
    const meaning = document.createElement("p");
    meaning.textContent = refusal.meaning;
    const steps = document.createElement("ol");
    for (const line of refusal.steps) {
      const step = document.createElement("li");
      step.textContent = line;
      steps.append(step);
    }
    const bar = document.createElement("p");
    const more = document.createElement("a");
    more.href = script.dataset.procedure;
    more.target = "_blank";
    more.rel = "noopener";
    more.className = "button button-small";
    more.textContent = words.more;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button button-small button-secondary";
    close.textContent = words.close;
    close.addEventListener("click", () => notice.remove());
    bar.append(more, " ", close);
    notice.replaceChildren(heading, meaning, steps, bar);
  }

  function read(text) {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  document.addEventListener("w-autosave:error", (event) => show(event.detail.response));
  document.addEventListener("w-preview:json", (event) => show(event.detail.data));
  document.addEventListener("gongkai:refused", (event) => show(event.detail));
  document.addEventListener("w-autosave:success", () => document.querySelector(".guard-notice")?.remove());
  // Uploads and choosers go through jQuery.
  if (window.jQuery) {
    window.jQuery(document).ajaxError((event, answer) => show(read(answer.responseText)));
  }
})();
