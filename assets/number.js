/* A whole number on the pad: its digits make up the verdict, and each stands over its own ink. One of
 * them, the last that was written or the one that is chosen in the verdict, is what the bars and the
 * stage tell of.
 */
import { PAD_UNITS } from "./drawing.js";
import { percent } from "./percent.js";

/** @typedef {import("./answers.js").Reading} Reading */
/** @typedef {import("./answers.js").PlacedReading} PlacedReading */
/** @typedef {import("./drawing.js").Point} Point */

const ROOM_ABOVE = 130; // pad units; with less the digit stands below its ink
const INK = 40; // pad units that the brush goes beyond the pen's path

export const nameOf = (/** @type {Reading} */ { digit, is_digit: isDigit }) => (
  isDigit ? String(digit) : "?");

/* The strokes of one digit of a number: `parts` are [stroke, first point, end]. */
export function inkOf(/** @type {Point[][]} */ strokes, /** @type {number[][]} */ parts) {
  return parts.filter(([stroke]) => stroke < strokes.length)
    .map(([stroke, first, end]) => strokes[stroke].slice(first, end))
    .filter((points) => points.length);
}

/* onChoose(): another digit is to be shown. */
export function createNumber(sketchpad, { text }, { onChoose }) {
  const verdict = sketchpad.querySelector('[data-testid="verdict"]');
  const answer = sketchpad.querySelector(".answer");
  const layer = sketchpad.querySelector('[data-testid="over-ink"]');
  /** @type {import("./answers.js").NumberReading | null} */
  let number = null;
  let chosen = 0;

  function button(/** @type {PlacedReading} */ digit, /** @type {number} */ place) {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = nameOf(digit);
    one.setAttribute("aria-pressed", String(place === chosen));
    one.title = text("choose_digit");
    one.addEventListener("click", () => {
      chosen = place;
      onChoose();
    });
    return one;
  }

  function label(/** @type {PlacedReading} */ digit, /** @type {number} */ place) {
    const one = document.createElement("span");
    const [left, top, right, bottom] = digit.box;
    const isBelow = top < ROOM_ABOVE;
    const share = (/** @type {number} */ units) => `${(100 * units) / PAD_UNITS}%`;
    one.classList.toggle("below", isBelow);
    one.classList.toggle("chosen", place === chosen);
    one.style.left = share((left + right) / 2);
    one.style.top = share(isBelow ? bottom + INK : top - INK);
    one.textContent = nameOf(digit);
    const sure = document.createElement("small");
    sure.textContent = digit.is_digit ? `${percent(Math.max(...digit.probabilities))} %` : "";
    one.append(sure);
    return one;
  }

  function draw() {
    answer.classList.toggle("whole", Boolean(number));
    layer.replaceChildren(...(number?.digits ?? []).map(label));
    if (!number) return;
    const held = verdict.contains(document.activeElement);
    const buttons = number.digits.map(button);
    const lines = number.text.split("\n");
    let place = 0;
    verdict.replaceChildren(...lines.flatMap((line, i) => {
      const row = buttons.slice(place, place += line.length);
      return i ? [document.createElement("br"), ...row] : row;
    }));
    const longest = Math.max(...lines.map((line) => line.length));
    verdict.style.setProperty("--longest", String(Math.max(longest, 1.6 * lines.length)));
    if (held) buttons[chosen].focus();
  }

  return {
    /* Shows the number that came with a reading, or that there is none; after `reading.show`. */
    show(/** @type {Reading | null} */ answered) {
      const next = answered?.number ?? null;
      if (next !== number) chosen = next?.latest ?? 0;
      number = next;
      draw();
    },
    /* The reading that is shown of an answer, and its ink: those of the digit that is chosen. */
    shown(/** @type {Reading} */ answered, /** @type {Point[][]} */ strokes) {
      const next = answered.number;
      if (!next) return { reading: answered, strokes };
      const one = next.digits[next === number ? chosen : next.latest];
      return { reading: { ...answered, ...one }, strokes: inkOf(strokes, one.parts) };
    },
  };
}
