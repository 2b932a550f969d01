/* "Was it wrong?": what was meant stays in this browser, and can be taken home. */
import { keepCorrections, keptCorrections, NOT_A_DIGIT, onCorrections } from "../shared/kept_corrections.js";
import { saveAs } from "../shared/save.js";

/* current(): {reading, strokes} of what is on the pad, or null until it is read; onOpen(): a digit is
 * about to be chosen; onUnseen(sentence): it stands below the edge of the screen.
 */
export function createCorrections(element, { text }, { current, onOpen, onUnseen }) {
  const find = (name) => element.querySelector(`[data-testid="${name}"]`);
  const [open, choices, kept] = ["wrong", "choices", "kept"].map(find);
  const words = kept.querySelector(".words");
  let corrections = keptCorrections();
  let isKept = true; // what was corrected last is in the browser's storage

  function keptSentence() {
    if (!isKept) return text("not_kept");
    return corrections.length ? text("kept", { count: corrections.length }) : "";
  }

  function show(sentence) {
    words.textContent = sentence;
    kept.hidden = !sentence && !corrections.length;
    for (const button of kept.querySelectorAll("button")) button.hidden = !corrections.length;
  }

  function showChoices(isOpen) {
    choices.hidden = !isOpen;
    open.setAttribute("aria-expanded", isOpen);
    if (!isOpen) return;
    choices.querySelector("button").focus({ preventScroll: true });
  }

  function correct(meant) {
    const read = current();
    if (!read) return;
    const { reading, strokes } = read;
    if (isKept) corrections = keptCorrections(); // another tab may have added some
    corrections = [...corrections, {
      meant,
      read: reading.is_digit ? reading.digit : NOT_A_DIGIT,
      strokes,
      pixels: reading.pixels,
    }];
    isKept = keepCorrections(corrections);
    showChoices(false);
    open.focus();
    show(isKept ? text("thanks", { count: corrections.length }) : keptSentence());
    if (kept.getBoundingClientRect().bottom > window.innerHeight) onUnseen(words.textContent);
  }

  function saveStrokes() {
    const drawings = corrections.map(({ meant, read, strokes }) => ({ meant, read, strokes }));
    saveAs("digits.json", new Blob([JSON.stringify(drawings)], { type: "application/json" }));
  }

  const asked = document.createElement("p");
  asked.className = "asked";
  asked.textContent = text("meant");
  choices.append(asked);
  for (let meant = 0; meant <= NOT_A_DIGIT; meant++) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.meant = String(meant);
    button.textContent = meant < NOT_A_DIGIT ? String(meant) : text("meant_none");
    if (meant === NOT_A_DIGIT) button.setAttribute("aria-label", text("meant_none_label"));
    button.addEventListener("click", () => correct(meant));
    choices.append(button);
  }
  choices.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    showChoices(false);
    open.focus();
  });
  open.addEventListener("click", () => {
    onOpen();
    showChoices(choices.hidden);
  });
  find("save-strokes").addEventListener("click", saveStrokes);
  find("forget").addEventListener("click", () => {
    corrections = [];
    isKept = keepCorrections(corrections);
    show(text("forgotten"));
  });
  onCorrections(() => {
    corrections = keptCorrections();
    show(keptSentence());
  });
  show(keptSentence());

  return {
    /* The drawing has changed, or it was read: only what has been read can be corrected. */
    changed() {
      open.disabled = !current();
      if (!choices.hidden) showChoices(false);
      if (words.textContent !== keptSentence()) show(keptSentence());
    },
  };
}
