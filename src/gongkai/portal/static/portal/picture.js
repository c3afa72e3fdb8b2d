/* 配图 in Wagtail's text editor: chosen, uploaded, and then given its words where it stands. */
(() => {
  const TYPE = "PICTURE";
  const PAUSE = 150; // ms without typing before the words are taken over
  const { createElement: make, Component } = window.React;
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const insertRaw = (...given) => window.gongkaiEditor.insertRaw(...given);
  let fresh = 0; // id of the picture that was just brought: its words are asked for first

  async function upload(file, { upload: address, words }) {
    const body = new FormData();
    body.append("file", file);
    body.append("place", window.location.pathname);
    try {
      const headers = { "X-CSRFToken": token(), Accept: "application/json" };
      const answer = await fetch(address, { method: "POST", body, headers });
      const told = await answer.json();
      if (told.refused) document.dispatchEvent(new CustomEvent("gongkai:refused", { detail: told })); // by the door
      return answer.ok ? told : { error: told.error || words.failed };
    } catch {
      return { error: words.failed };
    }
  }

  function blocksOf(data) {
    const blank = () => ({ text: "", type: "unstyled", depth: 0, inlineStyleRanges: [], entityRanges: [] });
    const atomic = { ...blank(), text: " ", type: "atomic", entityRanges: [{ key: 0, offset: 0, length: 1 }] };
    return { blocks: [blank(), atomic, blank()], entityMap: { 0: { type: TYPE, mutability: "IMMUTABLE", data } } };
  }

  /* Uploads and says so beneath the editor; the state with the picture at the cursor, null when it was refused. */
  async function bring(file, entityType, wrapper, state) {
    const { say } = window.gongkaiEditor;
    say(wrapper, [entityType.words.uploading], false);
    const told = await upload(file, entityType);
    say(wrapper, told.error ? [told.error] : [], Boolean(told.error));
    if (told.error) return null;
    fresh = told.id;
    return insertRaw(state(), blocksOf(told));
  }

  /* A picture on the clipboard, such as a part of the screen; with words beside it what is pasted is a text. */
  document.addEventListener(
    "paste",
    async (event) => {
      const wrapper = event.target.closest?.("[data-draftail-editor-wrapper]");
      const editor = wrapper?.parentElement.querySelector("input[type=hidden]")?.draftailEditor;
      const entityType = editor?.props.entityTypes.find((one) => one.type === TYPE);
      const file = [...event.clipboardData.files].find((one) => one.type.startsWith("image/"));
      if (!entityType || !file || event.target.closest(".portal-picture, .portal-table")) return;
      const html = event.clipboardData.getData("text/html");
      if (new DOMParser().parseFromString(html, "text/html").body.textContent.trim()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const state = await bring(file, entityType, wrapper, () => editor.getEditorState());
      if (state) editor.onChange(state);
    },
    true,
  );

  /* Behind the button: the system's own dialogue, then the picture at the cursor. */
  class NewPicture extends Component {
    componentDidMount() {
      const { editorState, entityType, onComplete, onClose } = this.props;
      const wrapper = window.gongkaiEditor.wrapper();
      const input = document.createElement("input");
      input.type = "file";
      input.accept = "image/jpeg,image/png,image/webp,image/gif";
      input.addEventListener("cancel", () => onClose());
      input.addEventListener("change", async () => {
        const state = await bring(input.files[0], entityType, wrapper, () => editorState);
        return state ? onComplete(state) : onClose();
      });
      input.click();
    }
    render() {
      return null;
    }
  }

  class Picture extends Component {
    constructor(props) {
      super(props);
      this.state = {};
      this.name = `picture-${props.block.getKey()}`;
    }

    componentDidMount() {
      if (this.data().id !== fresh) return;
      fresh = 0;
      this.props.blockProps.lockEditor();
      setTimeout(() => this.alt?.focus(), 100); // after the editor has taken the focus back
    }

    data() {
      return this.props.blockProps.entity.getData();
    }

    write(change) {
      const { editorState, onChange } = this.props.blockProps;
      onChange(window.draftail.DraftUtils.updateBlockEntity(editorState, this.props.block, { ...this.data(), ...change }));
    }

    type(key, text) {
      clearTimeout(this.waiting);
      this.setState({ [key]: text });
      this.waiting = setTimeout(() => this.settle(), PAUSE);
    }

    /* What was typed becomes the picture's. */
    settle() {
      clearTimeout(this.waiting);
      if (Object.keys(this.state).some((key) => this.state[key] !== this.data()[key])) this.write(this.state);
    }

    componentWillUnmount() {
      clearTimeout(this.waiting);
    }

    field(key, tag, extra) {
      const { words } = this.props.blockProps.entityType;
      const { lockEditor, unlockEditor } = this.props.blockProps;
      const id = `${this.name}-${key}`;
      return make(
        "div",
        { className: "portal-picture__field" },
        make("label", { className: "w-field__label", htmlFor: id }, words[key]),
        make("div", { className: "help", id: `${id}-help` }, words[`${key}_help`]),
        make(tag, {
          id,
          "aria-describedby": `${id}-help`,
          value: this.state[key] ?? this.data()[key] ?? "",
          onChange: (event) => this.type(key, event.target.value),
          onFocus: lockEditor,
          onBlur: () => {
            this.settle();
            unlockEditor();
          },
          ...extra,
        }),
      );
    }

    render() {
      const { src, alt, decorative } = this.data();
      const { entityType, onRemoveEntity } = this.props.blockProps;
      const { words } = entityType;
      const stop = (event) => event.stopPropagation();
      const events = ["onKeyDown", "onKeyUp", "onKeyPress", "onBeforeInput", "onInput", "onPaste", "onCut", "onCopy", "onSelect", "onMouseDown", "onMouseUp", "onDragStart", "onDrop"];
      const missing = !decorative && !(this.state.alt ?? alt);
      return make(
        "div",
        { className: "portal-picture", ...Object.fromEntries(events.map((name) => [name, stop])) },
        make("img", { src, alt: alt || "" }),
        make(
          "div",
          { className: "portal-picture__words" },
          decorative
            ? null
            : this.field("alt", "textarea", {
                ref: (element) => (this.alt = element),
                rows: 2,
                maxLength: 300,
                "aria-required": true,
                "aria-invalid": missing || undefined,
              }),
          make(
            "label",
            { className: "portal-picture__choice" },
            make("input", {
              type: "checkbox",
              checked: Boolean(decorative),
              onChange: (event) => this.write({ decorative: event.target.checked }),
            }),
            words.decorative,
          ),
          this.field("caption", "input", { type: "text", maxLength: 200 }),
          make("button", { type: "button", className: "button button-small button-secondary", onClick: () => onRemoveEntity() }, words.remove),
        ),
      );
    }
  }

  window.draftail.registerPlugin({ type: TYPE, source: NewPicture, block: Picture }, "entityTypes");
})();
