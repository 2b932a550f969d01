/* "Was it wrong?": what was meant stays in this browser, and can be taken home. */
import { isPixels } from "./answers.js";
import { createListeners } from "./listeners.js";
import { npz } from "./npz.js";
import { saveAs } from "./save.js";

const KEPT = "mnist-corrections"; // in localStorage
const MOST_KEPT = 1000;
const NONE = 10; // the label of what is no digit
/** @type {ReturnType<typeof createListeners<[]>>} */
const listeners = createListeners();

function isCorrection(one) {
  const { meant, pixels, strokes } = one ?? {};
  return Number.isInteger(meant) && meant >= 0 && meant <= NONE && Array.isArray(strokes)
    && isPixels(pixels);
}

/* What is kept: {meant, read, strokes, pixels} each. */
export function keptCorrections() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isCorrection) : [];
  } catch {
    return []; // no storage, or not ours
  }
}

/* Others are kept now than before. Returns what ends it. */
export const onCorrections = listeners.add;

/* current(): {reading, strokes} of what is on the pad, or null until it is read; onOpen(): a digit is
 * about to be chosen; onUnseen(sentence): it stands below the edge of the screen.
 */
export function createCorrections(element, { text }, { current, onOpen, onUnseen }) {
  const find = (name) => element.querySelector(`[data-testid="${name}"]`);
  const [open, choices, kept] = ["wrong", "choices", "kept"].map(find);
  const words = kept.querySelector(".words");
  let corrections = keptCorrections();
  let isKept = true; // what was corrected last is in the browser's storage

  function store() {
    try {
      if (corrections.length) localStorage.setItem(KEPT, JSON.stringify(corrections));
      else localStorage.removeItem(KEPT);
    } catch {
      return false; // storage is full or forbidden
    }
    listeners.tell();
    return true;
  }

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
      read: reading.is_digit ? reading.digit : NONE,
      strokes,
      pixels: reading.pixels,
    }].slice(-MOST_KEPT);
    isKept = store();
    showChoices(false);
    open.focus();
    show(isKept ? text("thanks", { count: corrections.length }) : keptSentence());
    if (kept.getBoundingClientRect().bottom > window.innerHeight) onUnseen(words.textContent);
  }

  function saveStrokes() {
    const drawings = corrections.map(({ meant, read, strokes }) => ({ meant, read, strokes }));
    saveAs("digits.json", new Blob([JSON.stringify(drawings)], { type: "application/json" }));
  }

  function saveImages() {
    const images = corrections.flatMap(({ pixels }) =>
      Array.from(atob(pixels), (c) => c.charCodeAt(0)));
    const count = corrections.length;
    saveAs("digits.npz", npz({
      x_train: { values: Uint8Array.from(images), shape: [count, 28, 28] },
      y_train: { values: Uint8Array.from(corrections, ({ meant }) => meant), shape: [count] },
    }));
  }

  const asked = document.createElement("p");
  asked.className = "asked";
  asked.textContent = text("meant");
  choices.append(asked);
  for (let meant = 0; meant <= NONE; meant++) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.meant = String(meant);
    button.textContent = meant < NONE ? String(meant) : text("meant_none");
    if (meant === NONE) button.setAttribute("aria-label", text("meant_none_label"));
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
  find("save-images").addEventListener("click", saveImages);
  find("forget").addEventListener("click", () => {
    corrections = [];
    isKept = store();
    show(text("forgotten"));
  });
  window.addEventListener("storage", ({ key }) => {
    if (key !== KEPT && key !== null) return;
    corrections = keptCorrections();
    show(keptSentence());
    listeners.tell();
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
