/* A table of a record as a grid of cells. Its text area stays what is sent: lines, cells apart by tabs, those with line
   breaks in quotation marks, as a spreadsheet copies them. The grid reads it at first and writes it with every change. */
(() => {
  const CHUNK = 200; // rows drawn at once
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

  function make(name, properties = {}, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  /* Text of a spreadsheet to rows of cells. */
  function parse(text) {
    const rows = [[]];
    const rest = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const cell = /"((?:[^"]|"")*)"(?=\t|\n|$)|[^\t\n]*/y;
    for (let at = 0; ; at = cell.lastIndex + 1) {
      cell.lastIndex = at;
      const [all, quoted] = cell.exec(rest);
      rows[rows.length - 1].push(quoted === undefined ? all : quoted.replace(/""/g, '"'));
      cell.lastIndex = at + all.length;
      if (cell.lastIndex >= rest.length) return rows;
      if (rest[cell.lastIndex] === "\n") rows.push([]);
    }
  }

  const written = (cell) => (/["\t\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
  const isBlank = (row) => row.every((cell) => !cell.trim());

  class Grid {
    constructor(place) {
      this.area = place.querySelector("textarea");
      Object.assign(this, JSON.parse(document.getElementById(place.dataset.disclosureGrid).textContent));
      this.wrong = new Map(this.wrong.map(([row, column, why]) => [`${row},${column}`, why]));
      this.shown = Math.max(CHUNK, ...[...this.wrong.keys()].map((key) => Number(key.split(",")[0]) + 1));
      this.build(place);
      this.load();
      this.area.addEventListener("change", () => this.written !== this.area.value && this.load());
    }

    build(place) {
      place.querySelector(".help").textContent = this.words.help;
      this.area.classList.add("w-sr-only");
      this.area.tabIndex = -1;
      this.area.setAttribute("aria-hidden", "true");
      const heads = this.columns.map(({ label, required }) =>
        make("th", { scope: "col" }, label + (required ? "" : this.words.optional)));
      this.body = make("tbody");
      this.more = make("button", { type: "button", className: "button button-small button-secondary" });
      this.more.addEventListener("click", () => this.draw((this.shown += CHUNK)));
      const add = make("button", { type: "button", className: "button button-small", textContent: this.words.add });
      add.addEventListener("click", () => this.add());
      const clear = make("button", { type: "button", className: "button button-small button-secondary no", textContent: this.words.clear });
      clear.addEventListener("click", () => this.clear());
      this.status = make("span", { role: "status" });
      const head = make("thead", {}, make("tr", {}, make("th", { scope: "col" }, this.words.row), ...heads, make("td")));
      const table = make("table", {}, make("caption", { className: "w-sr-only" }, this.label), head, this.body);
      const acts = make("p", { className: "disclosure-grid__acts" }, add, " ", clear, " ", this.more, " ", this.status);
      this.area.after(make("div", { className: "disclosure-grid__wide" }, table), acts);
      this.body.addEventListener("input", (event) => this.type(event.target));
      this.body.addEventListener("keydown", (event) => this.key(event));
      this.body.addEventListener("paste", (event) => this.paste(event));
    }

    load() {
      const rows = parse(this.area.value).filter((row) => !isBlank(row));
      this.rows = rows.map((row) => this.columns.map((_column, at) => row[at] || ""));
      this.draw();
    }

    blank() {
      return this.columns.map(() => "");
    }

    draw() {
      if (!this.rows.length) this.rows.push(this.blank());
      this.body.replaceChildren(...this.rows.slice(0, this.shown).map((row, at) => this.line(row, at)));
      this.more.hidden = this.rows.length <= this.shown;
      const rows = Math.min(CHUNK, this.rows.length - this.shown);
      this.more.textContent = fill(this.words.more, { rows, total: this.rows.length });
    }

    line(row, at) {
      const name = fill(this.words.removeRow, { row: at + 1 });
      const remove = make("button", { type: "button", className: "button button-small button-secondary", textContent: this.words.remove });
      remove.setAttribute("aria-label", name);
      remove.addEventListener("click", () => this.remove(at));
      const cells = row.map((value, column) => this.cell(value, at, column));
      return make("tr", {}, make("th", { scope: "row" }, String(at + 1)), ...cells, make("td", {}, remove));
    }

    cell(value, at, column) {
      const rule = this.columns[column];
      const input = this.input(rule, value);
      Object.assign(input.dataset, { at, column });
      input.setAttribute("aria-label", fill(this.words.cell, { row: at + 1, column: rule.label }));
      const place = make("td", {}, input);
      place.dataset.label = rule.label;
      const why = this.wrong.get(`${at},${column}`);
      if (why) {
        const note = make("p", { className: "error-message", id: `${this.area.id}-${at}-${column}` }, why);
        input.setAttribute("aria-invalid", "true");
        input.setAttribute("aria-describedby", note.id);
        place.append(note);
      }
      return place;
    }

    input(rule, value) {
      if (rule.options.length) {
        const known = ["", ...rule.options];
        if (!known.includes(value)) known.push(value); // nothing that was pasted is lost; the server says what is wrong
        const select = make("select", {}, ...known.map((option) => make("option", { value: option }, option || "–")));
        select.value = value;
        return select;
      }
      if (rule.long) return make("textarea", { rows: Math.min(6, value.split("\n").length), value });
      const input = make("input", { type: "text", value, autocomplete: "off" });
      if (rule.number) input.inputMode = "decimal";
      return input;
    }

    type({ dataset, value }) {
      this.rows[dataset.at][dataset.column] = value;
      this.write();
    }

    write() {
      const kept = this.rows.filter((row) => !isBlank(row));
      this.written = kept.map((row) => row.map(written).join("\t")).join("\n");
      this.area.value = this.written;
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
      this.area.dispatchEvent(new Event("change", { bubbles: true }));
    }

    change(rows, said, focus) {
      const before = this.rows;
      this.rows = rows;
      if (said) this.wrong.clear(); // rows are other rows now: what was said of cells by their number no longer holds
      this.write();
      this.draw();
      const undo = make("button", { type: "button", className: "button button-small button-secondary", textContent: this.words.undo });
      undo.addEventListener("click", () => {
        this.change(before, this.words.undone);
        this.focus(0, 0);
      });
      this.status.replaceChildren(said, ...(said && said !== this.words.undone ? [" ", undo] : []));
      if (focus) this.focus(...focus);
    }

    focus(at, column) {
      if (at >= this.shown) this.draw((this.shown = at + CHUNK));
      this.body.querySelector(`[data-at="${at}"][data-column="${column}"]`).focus();
    }

    add() {
      const at = this.rows.length;
      this.change([...this.rows, this.blank()], "", [at, 0]);
    }

    remove(at) {
      const left = this.rows.filter((_row, place) => place !== at);
      this.change(left, fill(this.words.removed, { row: at + 1 }), [Math.max(0, Math.min(at, left.length - 1)), 0]);
    }

    clear() {
      this.change([], fill(this.words.cleared, { rows: this.rows.length }), [0, 0]);
    }

    /* Enter goes down, and begins a row below the last; Alt+Enter breaks the line, as in a spreadsheet. */
    key(event) {
      const { at, column } = event.target.dataset;
      if (event.key !== "Enter" || at === undefined || event.isComposing) return;
      event.preventDefault();
      if (event.altKey) return this.lineBreak(event.target);
      if (Number(at) + 1 === this.rows.length) this.add();
      this.focus(Number(at) + 1, column);
    }

    lineBreak(input) {
      if (input.tagName !== "TEXTAREA") return;
      input.setRangeText("\n", input.selectionStart, input.selectionEnd, "end");
      input.rows = Math.min(6, input.rows + 1);
      this.type(input);
    }

    paste(event) {
      const text = event.clipboardData.getData("text/plain");
      const { at, column } = event.target.dataset;
      if (at === undefined || !/[\t\n]/.test(text.replace(/[\r\n]+$/, ""))) return;
      event.preventDefault();
      const labels = this.columns.map(({ label }) => label);
      const block = parse(text).filter((row) => !isBlank(row) && row.join("\t").trim() !== labels.join("\t"));
      const rows = this.rows.map((row) => [...row]);
      block.forEach((cells, down) => {
        const row = (rows[Number(at) + down] ??= this.blank());
        cells.forEach((cell, across) => {
          if (Number(column) + across < row.length) row[Number(column) + across] = cell.trim();
        });
      });
      const wide = block.some((cells) => cells.slice(this.columns.length - column).some((cell) => cell.trim()));
      const said = fill(this.words.pasted, { rows: block.length }) + (wide ? this.words.tooWide : "");
      this.change(rows, said, [at, column]);
    }
  }

  document.querySelectorAll("[data-disclosure-grid]").forEach((place) => new Grid(place));
})();
