/* A whole number on the pad: the verdict shows its digits, and each digit stands over its own ink. One digit is
 * chosen: the last one that was written, or the one that the visitor presses. Bars and tabs show the chosen digit.
 */
import { verdictOf } from "../shared/answers.js";
import { createButton, partsOf } from "../shared/parts.js";
import { PAD_UNITS } from "../shared/strokes.js";
import { percent } from "../shared/percent.js";

/** @typedef {import("../shared/answers.js").Reading} Reading */
/** @typedef {import("../shared/answers.js").PlacedReading} PlacedReading */
/** @typedef {import("../shared/strokes.js").Point} Point */

const ROOM_ABOVE = 130; // pad units; with less room the digit stands below its ink
const INK = 40; // pad units that the brush goes beyond the pen's path
const FRAME = 15; // pad units between a digit of a picture and its frame
/** Width and height in CSS pixels. @type {Record<string, [number, number]>} */
const LABELS = { whole: [76, 23], stacked: [30, 38], short: [22, 23] };

/* The strokes of one digit of a number: `parts` are [stroke, first point, end]. */
function inkOf(/** @type {Point[][]} */ strokes, /** @type {number[][]} */ parts) {
  return parts.filter(([stroke]) => stroke < strokes.length)
    .map(([stroke, first, end]) => strokes[stroke].slice(first, end))
    .filter((points) => points.length);
}

/**
 * Where the digits stand, over their ink or below it, and in which size: "whole" with the percentage beside the digit,
 * "stacked" with the percentage below it, "short" without it, or "" where digits would cover each other or other ink.
 * @param {number[][]} boxes left, top, right, bottom of each digit in pad units
 * @param {number} unit pad units of a CSS pixel
 * @param {number} [margin] pad units that the ink, or its frame, goes beyond the boxes
 */
export function layOutLabels(boxes, unit, margin = INK) {
  const inks = boxes.map(([left, top, right, bottom]) => 
    [left - margin, top - margin, right + margin, bottom + margin]);
  const meet = (/** @type {number[]} */ one, /** @type {number[]} */ other) => (
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]);
  for (const [size, label] of Object.entries(LABELS)) {
    const [half, height] = [(label[0] / 2) * unit, label[1] * unit];
    const places = boxes.map(([left, top, right], i) => {
      const isBelow = top < ROOM_ABOVE;
      const x = Math.min(PAD_UNITS - half, Math.max(half, (left + right) / 2));
      return { x, y: isBelow ? inks[i][3] : inks[i][1], isBelow };
    });
    const labels = places.map(({ x, y, isBelow }) => (
      isBelow ? [x - half, y, x + half, y + height] : [x - half, y - height, x + half, y]));
    const isCrowded = labels.some((label, i) => label[1] < 0 || label[3] > PAD_UNITS
      || labels.some((other, j) => j < i && meet(label, other))
      || inks.some((ink, j) => j !== i && meet(label, ink)));
    if (!isCrowded) return { size, places };
  }
  return { size: "", places: [] };
}

/**
 * @param {HTMLElement} sketchpad
 * @param {{text(key: string): string}} texts
 * @param {() => void} onChoose another digit is to be shown
 */
export function createNumber(sketchpad, { text }, onChoose) {
  const [verdict, layer] = ["verdict", "over-ink"].map(partsOf(sketchpad));
  /** @type {import("../shared/answers.js").NumberReading | null} */
  let number = null;
  let chosen = 0;

  function choose(/** @type {number} */ place) {
    chosen = place;
    onChoose();
  }

  function button(/** @type {PlacedReading} */ digit, /** @type {number} */ place) {
    const one = createButton(verdictOf(digit), () => choose(place));
    one.ariaPressed = String(place === chosen);
    one.title = text("choose_digit");
    return one;
  }

  const share = (/** @type {number} */ units) => `${(100 * units) / PAD_UNITS}%`;

  function labels(/** @type {PlacedReading[]} */ digits) {
    const { size, places } = layOutLabels(digits.map(({ box }) => box), PAD_UNITS / (layer.clientWidth || 1),
      digits.every(isOfPicture) ? FRAME + 8 : INK);
    return places.map(({ x, y, isBelow }, i) => {
      const one = document.createElement("span");
      const { is_digit: isDigit, probabilities } = digits[i];
      one.classList.toggle("below", isBelow);
      one.classList.toggle("chosen", i === chosen);
      one.classList.toggle("stacked", size === "stacked");
      one.style.left = share(x);
      one.style.top = share(y);
      one.textContent = verdictOf(digits[i]);
      if (size !== "short" && isDigit) {
        const sure = document.createElement("small");
        sure.textContent = `${percent(Math.max(...probabilities))}${size === "whole" ? " %" : ""}`;
        one.append(sure);
      }
      return one;
    });
  }

  /* A digit of a picture can be pressed. @returns {[number, number, number, number]} */
  const frameOf = (/** @type {PlacedReading} */ { box: [left, top, right, bottom] }) => (
    [left - FRAME, top - FRAME, right + FRAME, bottom + FRAME]);
  const isOfPicture = (/** @type {PlacedReading} */ { parts }) => !parts.length;

  function frames(/** @type {PlacedReading[]} */ digits) {
    return digits.map((digit, i) => {
      const [left, top, right, bottom] = frameOf(digit);
      const one = document.createElement("div");
      one.className = "frame";
      one.classList.toggle("chosen", i === chosen);
      Object.assign(one.style, {
        left: share(left), top: share(top), width: share(right - left), height: share(bottom - top) });
      return one;
    });
  }

  function drawLabels() {
    const digits = number?.digits ?? [];
    layer.replaceChildren(...frames(digits.filter(isOfPicture)), ...labels(digits));
  }

  const placeAt = (/** @type {Point} */ [x, y]) => (number?.digits ?? []).findIndex((digit) => {
    const [left, top, right, bottom] = frameOf(digit);
    return isOfPicture(digit) && x >= left && x <= right && y >= top && y <= bottom;
  });

  function draw() {
    verdict.parentElement.classList.toggle("whole", Boolean(number));
    drawLabels();
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
    verdict.style.setProperty("--longest", String(longest));
    verdict.style.setProperty("--lines", String(lines.length));
    if (held) buttons[chosen].focus();
  }

  /** Whether it is the number that is shown, read by any network. @param {import("../shared/answers.js").NumberReading} next */
  const isShown = (next) => next.digits[0].box === number?.digits[0].box;

  new ResizeObserver(drawLabels).observe(layer);

  return {
    isFrameAt: (/** @type {Point} */ point) => placeAt(point) >= 0,
    chooseAt: (/** @type {Point} */ point) => choose(placeAt(point)),
    /* Shows the number of a reading, or none; call it after `reading.show`. */
    show(/** @type {Reading | null} */ answered) {
      const next = answered?.number ?? null;
      if (next && !isShown(next)) chosen = next.latest;
      number = next;
      draw();
    },
    /* The chosen digit's reading and its strokes. */
    shown(/** @type {Reading} */ answered, /** @type {Point[][]} */ strokes) {
      const next = answered.number;
      if (!next) return { reading: answered, strokes };
      const one = next.digits[isShown(next) ? chosen : next.latest];
      return { reading: { ...answered, ...one }, strokes: inkOf(strokes, one.parts) };
    },
  };
}
