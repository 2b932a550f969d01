/* What it imagines: for each digit the picture with the highest score, and below it a typical digit's score. */
import { bytesOf, createFigure, rowsOf } from "../../shared/figure.js";
import { openTab } from "../tab.js";

const SIDE = 28; // pixels
const SMALL = 42; // CSS pixels, a typical digit

export function mount({ element, props: { ideals } }) {
  const { root, canvas, text, number } = openTab(element);
  for (const one of [canvas, root.querySelector(".save")]) one.hidden = !ideals;
  root.querySelector(".status").hidden = Boolean(ideals);
  if (!ideals) return;
  const [imagined, typical] = [ideals.pixels, ideals.typical].map(bytesOf);
  const rows = (/** @type {number} */ width) => rowsOf(10, width, { across: 5, most: 240, head: 1, foot: SMALL + 52 });
  const score = (/** @type {number} */ value) => text("activation_maximisation_score", { score: number(value) });

  createFigure(canvas, (width) => rows(width).height, (pen, width) => rows(width).places.forEach(({ x, y, size }, digit) => {
    const picture = (/** @type {Uint8Array} */ all, top, wide) => pen.image(
      all.subarray(digit * SIDE * SIDE, (digit + 1) * SIDE * SIDE), SIDE, SIDE, x + 1, top, wide);
    picture(imagined, y, size - 2);
    pen.text(score(ideals.logits[digit]), x, y + size + 18, { weight: 650, size: 15, fit: size });
    picture(typical, y + size + 30, SMALL);
    [text("activation_maximisation_typical", { digit }), score(ideals.typical_logits[digit])].forEach((words, line) => (
      pen.text(words, x + SMALL + 8, y + size + 46 + 17 * line, { size: 12, colour: pen.subdued, fit: size - SMALL - 10 })));
  }));
}
