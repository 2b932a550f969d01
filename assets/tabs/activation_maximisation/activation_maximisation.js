/* What it imagines: for each digit the picture with the highest score, and below it a typical digit's score. */
import { GAP, bytesOf, createFigure, saveOnClick } from "../../shared/figure.js";
import { openTab } from "../tab.js";

const SIDE = 28; // pixels
const SMALL = 42; // CSS pixels, a typical digit
const ROOM = SMALL + 52; // CSS pixels below a large picture

export function mount({ element, props: { ideals } }) {
  const { root, text, number } = openTab(element);
  const canvas = root.querySelector("canvas");
  for (const one of [canvas, root.querySelector(".save")]) one.hidden = !ideals;
  root.querySelector(".status").hidden = Boolean(ideals);
  if (!ideals) return;
  const [imagined, typical] = [ideals.pixels, ideals.typical].map(bytesOf);

  const across = (width) => (width < 560 ? 2 : 5);
  const side = (width) => Math.min(240, (width - GAP * (across(width) - 1)) / across(width));
  const pitch = (width) => side(width) + ROOM;
  const score = (/** @type {number} */ value) => text("activation_maximisation_score", { score: number(value) });

  function draw(pen, width) {
    const size = side(width);
    for (let digit = 0; digit < 10; digit++) {
      const x = (digit % across(width)) * (size + GAP) + 1;
      const y = Math.floor(digit / across(width)) * pitch(width) + 1;
      const picture = (/** @type {Uint8Array} */ all, top, wide) => pen.image(
        all.subarray(digit * SIDE * SIDE, (digit + 1) * SIDE * SIDE), SIDE, SIDE, x, top, wide);
      picture(imagined, y, size - 2);
      pen.text(score(ideals.logits[digit]), x, y + size + 18, { weight: 650, size: 15, fit: size });
      picture(typical, y + size + 30, SMALL);
      [text("activation_maximisation_typical", { digit }), score(ideals.typical_logits[digit])].forEach((words, line) => (
        pen.text(words, x + SMALL + 8, y + size + 46 + 17 * line, { size: 12, colour: pen.subdued, fit: size - SMALL - 10 })));
    }
  }

  createFigure(canvas, (width) => (10 / across(width)) * pitch(width), draw);
  saveOnClick(root, canvas, "what-it-imagines");
}
