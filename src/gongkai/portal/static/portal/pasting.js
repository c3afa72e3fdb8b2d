/* What is pasted into the text editor, or chosen as a file, is cleaned by the server first; what was left out is said. */
(() => {
  const OWN = "data-draftjs-conductor-fragment"; // copied within the editor: nothing to clean
  const WRAPPER = "[data-draftail-editor-wrapper]";
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

  /* Beneath the editor, until the next time. */
  function say(wrapper, lines, isError) {
    wrapper.parentElement.querySelector(".portal-notes")?.remove();
    if (!lines.length) return;
    const box = document.createElement("div");
    box.className = `portal-notes help-block ${isError ? "help-critical" : "help-warning"}`;
    box.setAttribute("role", isError ? "alert" : "status");
    const list = document.createElement("ul");
    box.append(list);
    list.append(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    wrapper.after(box);
  }

  const wrapperNow = () => document.activeElement.closest(WRAPPER) || document.querySelector(WRAPPER);
  Object.assign(window.gongkaiEditor, { say, wrapper: wrapperNow });

  async function take(address, options, editor, failed) {
    const wrapper = wrapperNow();
    try {
      const headers = { "X-CSRFToken": token(), Accept: "application/json", ...options.headers };
      const answer = await fetch(address, { method: "POST", body: options.body, headers });
      const told = await answer.json();
      if (told.refused) document.dispatchEvent(new CustomEvent("gongkai:refused", { detail: told })); // by the door
      if (!answer.ok) return say(wrapper, [told.error || failed], true);
      editor.setEditorState(window.gongkaiEditor.insertRaw(editor.getEditorState(), told.content));
      return say(wrapper, told.notes, false);
    } catch {
      return say(wrapper, [failed], true);
    }
  }

  window.gongkaiEditor.paste = (text, html, state, helpers, entityType) => {
    if (!html || html.includes(OWN)) return "not-handled";
    const options = { body: JSON.stringify({ html, place: window.location.pathname }), headers: { "Content-Type": "application/json" } };
    take(entityType.paste, options, helpers, entityType.words.failed);
    return "handled";
  };

  const { createElement: make } = window.React;

  function FromFile({ getEditorState, onChange, title, address, failed }) {
    const choose = () => {
      const input = document.createElement("input");
      input.type = "file";
      input.accept = ".docx,.doc,.wps,.txt,.html,.htm";
      input.addEventListener("change", () => {
        const body = new FormData();
        body.append("file", input.files[0]);
        body.append("place", window.location.pathname);
        take(address, { body }, { getEditorState, setEditorState: onChange }, failed);
      });
      input.click();
    };
    return make(window.Draftail.ToolbarButton, { name: "word", title, icon: make(window.wagtail.components.Icon, { name: "doc-full" }), onClick: choose });
  }

  window.draftail.registerPlugin({ type: "word", inline: FromFile }, "controls");
})();
