/* "Was it wrong?": what was meant stays in this browser; a menu saves it for training, or deletes it. */
import { corrections, NOT_A_DIGIT } from "../shared/kept_corrections.js";
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
  const find = (/** @type {string} */ name) => sketchpad.querySelector(`[data-testid="${name}"]`);
  const open = /** @type {HTMLButtonElement} */ (find("wrong"));
  const choices = /** @type {HTMLElement} */ (find("choices"));
  const menu = /** @type {HTMLDetailsElement} */ (find("kept"));
  const words = /** @type {HTMLElement} */ (menu.querySelector(".words"));

  function show() {
    const count = corrections.all().length;
    menu.hidden = !count;
    words.textContent = text("kept", { count });
  }

  function showChoices(/** @type {boolean} */ isOpen) {
    choices.hidden = !isOpen;
    open.setAttribute("aria-expanded", String(isOpen));
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
  for (const one of [choices, menu]) {
    one.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !close()) return;
      event.stopPropagation();
      (one === choices ? open : menu.querySelector("summary"))?.focus();
    });
  }
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && ![choices, menu, open].some((one) => one.contains(target))) close();
  });
  open.addEventListener("click", () => {
    onOpen();
    showChoices(Boolean(choices.hidden));
  });
  find("save-strokes")?.addEventListener("click", save);
  find("forget")?.addEventListener("click", forget);
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
