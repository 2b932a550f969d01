/* What each digit looks like to it: the input that excites it most, and below it a typical one. */
import { createTexts } from "../../shared/texts.js";
import { GAP, bytesOf, createFigure, saveOnClick } from "../../shared/figure.js";

const SIDE = 28;

export function mount({ element, props: { ideals } }) {
  const root = element.querySelector(".tab");
  const { fill, number } = createTexts();
  fill(root);
  const canvas = root.querySelector("canvas");
  for (const part of [canvas, root.querySelector(".save")]) part.hidden = !ideals;
  root.querySelector(".status").hidden = Boolean(ideals);
  if (!ideals) return;
  const [pixels, typical] = [ideals.pixels, ideals.typical].map(bytesOf);

  const across = (width) => (width < 640 ? 5 : 10);
  const side = (width) => Math.min(120, (width - GAP * (across(width) - 1)) / across(width));

  function draw(pen, width) {
    const size = side(width);
    for (let digit = 0; digit < 10; digit++) {
      const x = (digit % across(width)) * (size + GAP);
      const y = Math.floor(digit / across(width)) * (2 * size + 76) + 4;
      const picture = (all, top) => pen.image(
        all.subarray(digit * SIDE * SIDE, (digit + 1) * SIDE * SIDE), SIDE, SIDE, x + 1, top, size - 2);
      picture(pixels, y);
      pen.text(`${digit}: ${number(ideals.logits[digit])}`, x, y + size + 18, { weight: 600 });
      picture(typical, y + size + 28);
      pen.text(number(ideals.typical_logits[digit]), x, y + 2 * size + 46, { colour: pen.subdued });
    }
  }

  createFigure(canvas, (width) => (10 / across(width)) * (2 * side(width) + 76) + 8, draw);
  saveOnClick(root, canvas, "activation-maximisation");
}
