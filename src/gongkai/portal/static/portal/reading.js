// 朗读: the page's own words, spoken by the browser's own voices, one block after the other. Nothing is sent anywhere.
// The words of the buttons stand in the page; without script, or without a voice, everything else works as before.
(() => {
  const box = document.querySelector("[data-aloud]");
  const main = document.querySelector("main");
  if (!box || !main) return;
  const words = box.dataset;
  const speech = window.speechSynthesis;
  const said = box.querySelector("[role=status]");
  const tell = (text) => { said.textContent = text; };
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    box.insertBefore(made, said);
    return made;
  };
  box.hidden = false;
  if (!speech || !window.SpeechSynthesisUtterance) return tell(words.unsupported);

  const BLOCKS = "h1, h2, h3, p, li, dt, dd, th, td, caption, label, summary, figcaption, img";
  const textOf = (one) => (one.alt ?? one.textContent).trim(); // of a picture what it says to who cannot see it
  let queue = [];
  let at = -1;

  // Blocks that hold other blocks are left to those.
  const blocks = () => [...main.querySelectorAll(BLOCKS)].filter(
    (one) => !one.querySelector(BLOCKS) && textOf(one) && one.getClientRects().length,
  );
  const voice = () => speech.getVoices().find((one) => /^(zh|cmn)/i.test(one.lang));
  const mark = (block) => {
    main.querySelectorAll(".is-read").forEach((one) => one.classList.remove("is-read"));
    if (block) {
      block.classList.add("is-read");
      block.scrollIntoView({ block: "nearest" });
    }
  };
  const show = (state) => {
    start.hidden = state !== "still";
    pause.hidden = state !== "speaking";
    go.hidden = state !== "paused";
    stop.hidden = state === "still";
  };
  const end = (text) => {
    queue = [];
    at = -1;
    speech.cancel();
    mark(null);
    show("still");
    tell(text);
    if (box.contains(document.activeElement) || document.activeElement === document.body) start.focus();
  };
  const next = () => {
    at += 1;
    if (at >= queue.length) return end(words.done);
    const spoken = new SpeechSynthesisUtterance(textOf(queue[at]));
    spoken.lang = "zh-CN";
    spoken.voice = voice();
    spoken.onend = () => at >= 0 && next();
    spoken.onerror = (event) => at >= 0 && !["canceled", "interrupted"].includes(event.error) && end(words.failed);
    mark(queue[at]);
    speech.speak(spoken);
  };
  // Browsers learn of their voices only after a while.
  const whenKnown = (then) => {
    if (voice()) return then();
    let waiting = true;
    const once = () => { if (waiting) { waiting = false; then(); } };
    speech.addEventListener?.("voiceschanged", once, { once: true });
    setTimeout(once, 1000);
  };

  const start = button(words.start, () => whenKnown(() => {
    if (!voice()) return tell(words.voiceless);
    speech.cancel();
    queue = blocks();
    at = -1;
    show("speaking");
    pause.focus();
    tell(words.speaking);
    next();
  }));
  const pause = button(words.pause, () => { speech.pause(); show("paused"); go.focus(); tell(words.paused); });
  const go = button(words.go, () => { speech.resume(); show("speaking"); pause.focus(); tell(words.speaking); });
  const stop = button(words.stop, () => end(words.stopped));
  show("still");
  window.addEventListener("pagehide", () => speech.cancel());
})();
