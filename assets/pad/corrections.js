/* "Was it wrong?": what was meant stays in this browser; a menu saves it for training, or deletes it. */
import { corrections, NOT_A_DIGIT } from "../shared/kept_corrections.js";
import { createButton, partsOf } from "../shared/parts.js";
import { saveAs } from "../shared/save.js";

/**
 * @param {HTMLElement} sketchpad
 * @param {{text(key: string, values?: Record<string, unknown>): string}} texts
 * @param {object} options
 * @param {() => {reading: import("../shared/answers.js").Reading, strokes: number[][][]} | null} options.current
 *   what is on the pad; null until it is read
 * @param {() => void} options.onOpen a digit is about to be chosen
 * @param {(sentence: string) => void} options.say
 */
export function createCorrections(sketchpad, { text }, { current, onOpen, say }) {
  const part = partsOf(sketchpad);
  const [open, choices, menu] = ["wrong", "choices", "kept"].map(part);

  function show() {
    const count = corrections.all().length;
    menu.hidden = !count;
    menu.querySelector(".words").textContent = text("kept", { count });
  }

  function showChoices(/** @type {boolean} */ isOpen) {
    choices.hidden = !isOpen;
    open.ariaExpanded = String(isOpen);
    if (isOpen) choices.querySelector("button")?.focus({ preventScroll: true });
  }

  function correct(/** @type {number} */ meant) {
    const read = current();
    if (!read) return;
    const { reading: { is_digit: isDigit, digit, pixels }, strokes } = read;
    const isKept = corrections.keep([...corrections.all(),
      { meant, read: isDigit && digit !== null ? digit : NOT_A_DIGIT, strokes, pixels }]);
    showChoices(false);
    open.focus();
    say(text(isKept ? "thanks" : "not_kept"));
  }

  function save() {
    const drawings = corrections.all().map(({ meant, read, strokes }) => ({ meant, read, strokes }));
    saveAs("digits.json", new Blob([JSON.stringify(drawings)], { type: "application/json" }));
  }

  function forget() {
    corrections.keep([]);
    menu.open = false;
    say(text("forgotten"));
  }

  /** Closes what is open; returns whether something was. */
  function close() {
    const wasOpen = menu.open || !choices.hidden;
    menu.open = false;
    if (!choices.hidden) showChoices(false);
    return wasOpen;
  }

  choices.append(Object.assign(document.createElement("p"), { className: "asked", textContent: text("meant") }));
  for (let meant = 0; meant <= NOT_A_DIGIT; meant++) {
    const isNone = meant === NOT_A_DIGIT;
    const button = createButton(isNone ? text("meant_none") : String(meant), () => correct(meant));
    button.dataset.meant = String(meant);
    if (isNone) button.ariaLabel = text("meant_none_label");
    choices.append(button);
  }
  for (const one of [choices, menu]) {
    one.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape" || !close()) return;
      event.stopPropagation();
      (one === choices ? open : menu.querySelector("summary"))?.focus();
    });
  }
  document.addEventListener("pointerdown", ({ target }) => {
    if (![choices, menu, open].some((one) => one.contains(target))) close();
  });
  open.addEventListener("click", () => {
    onOpen();
    showChoices(choices.hidden);
  });
  part("save-strokes").addEventListener("click", save);
  part("forget").addEventListener("click", forget);
  corrections.onChange(show);
  show();

  return {
    /** The drawing has changed, or it was read: only what has been read can be corrected. */
    changed() {
      open.disabled = !current();
      if (!choices.hidden) showChoices(false);
    },
  };
}
