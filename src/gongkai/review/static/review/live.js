/* The machine's findings while a page is being written: marked in the text where the browser can (CSS highlights), listed
   beneath the field everywhere, each with a button that writes the accepted masked form. Nothing is kept on the server. */
(() => {
  const script = document.currentScript;
  const words = JSON.parse(script.dataset.words);
  const PAUSE = 1200; // ms without typing before the text is looked at
  const LEVELS = ["hint", "confirm", "block"]; // the gravest is painted last
  const form = document.querySelector("form[data-edit-form]");
  if (!form) return;
  const canMark = Boolean(window.CSS && CSS.highlights && window.Highlight);

  /* Code points to UTF-16 units: findings count the former, the browser the latter. */
  const units = (text, points) => Array.from(text).slice(0, points).join("").length;

  /* A rich text as the nodes that hold its words, blocks apart by a line break. */
  function nodesOf(editor) {
    const found = [];
    let text = "";
    editor.querySelectorAll("[data-block='true']").forEach((block) => {
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        found.push({ node: walker.currentNode, start: text.length });
        text += walker.currentNode.data;
      }
      text += "\n";
    });
    return { text, nodes: found };
  }

  function rangeOf(nodes, start, end) {
    const at = (offset, last) =>
      nodes.find((one) => one.start <= offset && (last ? offset <= one.start + one.node.length : offset < one.start + one.node.length));
    const first = at(start, false);
    const last = at(end, true);
    if (!first || !last) return null;
    const range = document.createRange();
    range.setStart(first.node, start - first.start);
    range.setEnd(last.node, end - last.start);
    return range;
  }

  function fields() {
    const plain = [...form.querySelectorAll("input[type=text], textarea")]
      .filter((one) => one.name && !one.closest("[data-draftail-input], .Draftail-Editor, template") && one.offsetParent && !one.dataset.liveSkip)
      .filter((one) => one.name !== "slug" && one.name !== "comments")
      .map((input) => ({ input, text: input.value }));
    const rich = [...form.querySelectorAll(".public-DraftEditor-content")].map((editor) => ({ editor, ...nodesOf(editor) }));
    return [...plain, ...rich].filter((one) => one.text.trim());
  }

  function listFor(field) {
    const place = (field.input || field.editor).closest("[data-field-wrapper], .w-field, .w-panel__content") || form;
    let list = place.querySelector(":scope > .review-live");
    if (!list) {
      list = document.createElement("ul");
      list.className = "review-live";
      list.setAttribute("aria-label", words.found);
      place.append(list);
    }
    return list;
  }

  function row(field, finding) {
    const item = document.createElement("li");
    const level = document.createElement("mark");
    level.className = `review-mark review-mark--${finding.severity}`;
    level.textContent = finding.level;
    item.append(level, ` ${finding.category}${finding.excerpt ? `：${finding.excerpt}` : ""}（${finding.message}）${finding.suggestion}`);
    if (finding.replacement) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary";
      button.textContent = words.mask.replace("%s", finding.replacement);
      button.addEventListener("click", () => mask(field, finding));
      item.append(" ", button);
    }
    return item;
  }

  function mask(field, finding) {
    const start = units(field.text, finding.start);
    const end = units(field.text, finding.end);
    if (field.input) {
      if (field.input.value !== field.text) return look();
      field.input.value = field.text.slice(0, start) + finding.replacement + field.text.slice(end);
      field.input.dispatchEvent(new Event("input", { bubbles: true }));
      field.input.dispatchEvent(new Event("change", { bubbles: true }));
      return look();
    }
    const now = nodesOf(field.editor);
    if (now.text !== field.text) return look();
    const range = rangeOf(now.nodes, start, end);
    if (!range) return undefined;
    field.editor.focus();
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    // The editor takes over the selection first, then what is typed over it.
    return setTimeout(() => document.execCommand("insertText", false, finding.replacement), 50);
  }

  function show(asked, findings) {
    form.querySelectorAll(".review-live").forEach((list) => list.replaceChildren());
    const ranges = { hint: [], confirm: [], block: [] };
    asked.forEach((field, number) => {
      (findings[number] || []).forEach((finding) => {
        listFor(field).append(row(field, finding));
        if (!field.editor) return;
        const range = rangeOf(field.nodes, units(field.text, finding.start), units(field.text, finding.end));
        if (range) ranges[finding.severity].push(range);
      });
    });
    if (!canMark) return;
    LEVELS.forEach((level, order) => {
      const highlight = new Highlight(...ranges[level]);
      highlight.priority = order;
      CSS.highlights.set(`review-${level}`, highlight);
    });
  }

  let asking = 0;
  async function look() {
    const asked = fields();
    asking += 1;
    const mine = asking;
    const answer = await fetch(script.dataset.address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify({ texts: asked.map((one) => one.text) }),
    });
    if (answer.ok && mine === asking) show(asked, (await answer.json()).findings);
  }

  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("keyup", soon); // the rich-text editor keeps its input events to itself
  soon();
})();
