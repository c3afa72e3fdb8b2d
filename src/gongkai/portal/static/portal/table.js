/* 表格 in Wagtail's text editor: cells are typed into where they stand; rows and columns come and go by buttons beneath. */
(() => {
  const TYPE = "TABLE";
  const PAUSE = 150; // ms without typing before the text is taken over

  /* Rows of cells to cells with their place, and back: what is merged keeps its place when rows come and go. */
  function place(rows) {
    const cells = [];
    const taken = new Set();
    rows.forEach((row, at) => {
      let column = 0;
      row.forEach((cell) => {
        while (taken.has(`${at},${column}`)) column += 1;
        cells.push({ ...cell, row: at, column });
        for (let down = 0; down < cell.down; down += 1)
          for (let across = 0; across < cell.across; across += 1) taken.add(`${at + down},${column + across}`);
        column += cell.across;
      });
    });
    return cells;
  }

  function rowsOf(cells) {
    const height = Math.max(0, ...cells.map((cell) => cell.row + cell.down));
    return Array.from({ length: height }, (_, at) =>
      cells
        .filter((cell) => cell.row === at)
        .sort((one, other) => one.column - other.column)
        .map(({ text, head, across, down }) => ({ text, head, across, down })),
    );
  }

  /* `axis` is the place and span that change, `other` those that stay. */
  const ROW = { at: "row", span: "down", other: "column", otherSpan: "across" };
  const COLUMN = { at: "column", span: "across", other: "row", otherSpan: "down" };

  function insert(cells, axis, after) {
    const width = Math.max(...cells.map((cell) => cell[axis.other] + cell[axis.otherSpan]));
    const covered = new Set();
    const moved = cells.map((cell) => {
      if (cell[axis.at] > after) return { ...cell, [axis.at]: cell[axis.at] + 1 };
      if (cell[axis.at] + cell[axis.span] <= after + 1) return cell;
      for (let i = 0; i < cell[axis.otherSpan]; i += 1) covered.add(cell[axis.other] + i);
      return { ...cell, [axis.span]: cell[axis.span] + 1 };
    });
    for (let i = 0; i < width; i += 1) {
      const head = axis === COLUMN && cells.some((cell) => cell.row === i && cell.head);
      const blank = { text: "", head, across: 1, down: 1, [axis.at]: after + 1, [axis.other]: i };
      if (!covered.has(i)) moved.push(blank);
    }
    return moved;
  }

  function remove(cells, axis, at) {
    return cells
      .filter((cell) => !(cell[axis.at] === at && cell[axis.span] === 1))
      .map((cell) => {
        if (cell[axis.at] > at) return { ...cell, [axis.at]: cell[axis.at] - 1 };
        return cell[axis.at] + cell[axis.span] > at ? { ...cell, [axis.span]: cell[axis.span] - 1 } : cell;
      });
  }

  const { createElement: make, Component } = window.React;
  const { convertFromRaw, EditorState, Modifier } = window.DraftJS;

  /* Blocks written over the selection. */
  function insertRaw(state, raw) {
    const blocks = convertFromRaw(raw).getBlockMap();
    const content = Modifier.replaceWithFragment(state.getCurrentContent(), state.getSelection(), blocks);
    return EditorState.push(state, content, "insert-fragment");
  }

  class Text extends Component {
    /* The browser writes into the element; it is only written into from here when the text changed elsewhere. */
    componentDidMount() {
      this.element.innerText = this.props.text;
    }
    componentDidUpdate() {
      if (this.element.innerText !== this.props.text && document.activeElement !== this.element)
        this.element.innerText = this.props.text;
    }
    render() {
      const { tag, label, onType, onEnter, onLeave, across, down } = this.props;
      return make(tag, {
        ref: (element) => (this.element = element),
        role: tag === "caption" ? "textbox" : undefined,
        contentEditable: "plaintext-only",
        suppressContentEditableWarning: true,
        "aria-label": label,
        "data-empty": tag === "caption" ? label : undefined,
        colSpan: across,
        rowSpan: down,
        onInput: () => onType(this.element.innerText),
        onFocus: onEnter,
        onBlur: () => onLeave(this.element.innerText),
      });
    }
  }

  class Table extends Component {
    constructor(props) {
      super(props);
      this.state = { at: null };
    }

    data() {
      const { caption = "", rows = [] } = this.props.blockProps.entity.getData();
      return { caption, rows };
    }

    write(data) {
      const { editorState, onChange } = this.props.blockProps;
      onChange(window.draftail.DraftUtils.updateBlockEntity(editorState, this.props.block, data));
    }

    type(change) {
      clearTimeout(this.waiting);
      this.pending = change;
      this.waiting = setTimeout(() => this.settle(), PAUSE);
    }

    settle() {
      clearTimeout(this.waiting);
      const change = this.pending;
      this.pending = null;
      if (change) this.write(change(this.data()));
    }

    text(row, index, text) {
      return (data) => ({
        ...data,
        rows: data.rows.map((cells, r) => cells.map((cell, c) => (r === row && c === index ? { ...cell, text } : cell))),
      });
    }

    act(change) {
      this.settle();
      const data = this.data();
      const rows = rowsOf(change(place(data.rows)));
      if (rows.some((row) => row.length)) this.write({ ...data, rows });
      else this.props.blockProps.onRemoveEntity();
    }

    button(words, onClick) {
      const keep = (event) => event.preventDefault(); // the cell keeps the focus
      return make("button", { type: "button", className: "button button-small button-secondary", onMouseDown: keep, onClick }, words);
    }

    render() {
      const { caption, rows } = this.data();
      const { entityType, lockEditor, unlockEditor, onRemoveEntity } = this.props.blockProps;
      const { words } = entityType;
      const cells = place(rows);
      const { at } = this.state;
      const last = { row: rows.length - 1, column: Math.max(0, ...cells.map((cell) => cell.column + cell.across - 1)) };
      const leave = () => {
        this.settle();
        unlockEditor();
      };
      const stop = (event) => event.stopPropagation();
      const field = (cell, row, index) =>
        make(Text, {
          key: `${row},${index}`,
          tag: cell.head ? "th" : "td",
          text: cell.text,
          across: cell.across,
          down: cell.down,
          label: words.cell.replace("%(row)s", cell.row + 1).replace("%(column)s", cell.column + 1),
          onType: (text) => this.type(this.text(row, index, text)),
          onEnter: () => {
            lockEditor();
            this.setState({ at: { row: cell.row, column: cell.column } });
          },
          onLeave: (text) => {
            if (text !== cell.text) this.type(this.text(row, index, text));
            leave();
          },
        });
      let number = 0;
      const body = rows.map((row, r) =>
        make("tr", { key: r }, row.map((_, c) => field(cells[number++], r, c))),
      );
      const title = make(Text, {
        tag: "caption",
        text: caption,
        label: words.caption,
        onType: (text) => this.type((data) => ({ ...data, caption: text })),
        onEnter: () => lockEditor(),
        onLeave: leave,
      });
      const head = rows.length > 0 && rows[0].every((cell) => cell.head);
      const toggle = (all) => all.map((cell) => (cell.row === 0 ? { ...cell, head: !head } : cell));
      const buttons = make("div", { className: "portal-table__buttons" }, [
        [words.row, () => this.act((all) => insert(all, ROW, at ? at.row : last.row))],
        [words.column, () => this.act((all) => insert(all, COLUMN, at ? at.column : last.column))],
        [words.less_row, () => this.act((all) => remove(all, ROW, at ? at.row : last.row))],
        [words.less_column, () => this.act((all) => remove(all, COLUMN, at ? at.column : last.column))],
        [words.head, () => this.act(toggle)],
        [words.remove, () => onRemoveEntity()],
      ].map(([label, act]) => make("span", { key: label }, this.button(label, act))));
      const events = ["onKeyDown", "onKeyUp", "onKeyPress", "onBeforeInput", "onInput", "onPaste", "onCut", "onCopy", "onFocus", "onBlur", "onSelect", "onMouseDown", "onMouseUp", "onDragStart", "onDrop"];
      return make(
        "div",
        { className: "portal-table", ...Object.fromEntries(events.map((name) => [name, stop])) },
        make("table", {}, title, make("tbody", {}, body)),
        buttons,
      );
    }
  }

  class NewTable extends Component {
    componentDidMount() {
      const { editorState, onComplete } = this.props;
      const cell = (head) => ({ text: "", head, across: 1, down: 1 });
      const rows = [true, false, false].map((head) => [cell(head), cell(head), cell(head)]);
      const blank = () => ({ text: "", type: "unstyled", depth: 0, inlineStyleRanges: [], entityRanges: [] });
      const atomic = { ...blank(), text: " ", type: "atomic", entityRanges: [{ key: 0, offset: 0, length: 1 }] };
      const entityMap = { 0: { type: TYPE, mutability: "IMMUTABLE", data: { caption: "", rows } } };
      onComplete(insertRaw(editorState, { blocks: [blank(), atomic, blank()], entityMap }));
    }
    render() {
      return null;
    }
  }

  window.gongkaiEditor = { insertRaw };
  window.draftail.registerPlugin(
    { type: TYPE, source: NewTable, block: Table, onPaste: (...given) => window.gongkaiEditor.paste(...given) },
    "entityTypes",
  );
})();
