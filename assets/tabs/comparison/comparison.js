/* Compare: a row for each network, with its verdict and ten bars. Two sliders move the drawing. */
import { verdictOf } from "../../shared/answers.js";
import { tellOutcome } from "../../shared/experiments.js";
import { bytesOf, createFigure } from "../../shared/figure.js";
import { followDrawing, openTab } from "../tab.js";

const NARROW = 600; // CSS pixels: below this width a row has more and smaller lines
const SEEN = 56; // CSS pixels, the side of the picture that all networks read
const TOP = SEEN + 14; // CSS pixels above the rows

export function mount({ element, server }) {
  const { root, part, canvas, text, number, percent } = openTab(element);
  const [right, down] = ["right", "down"].map(part);
  /** @type {any} */
  let answer = null;

  const rowHeight = (width) => (width < NARROW ? 74 : 54);
  const figure = createFigure(canvas, (width) => TOP + rowHeight(width) * (answer?.length ?? 0), draw);

  /* A recipe of the visitor's own has no text. */
  const nameOf = (recipe) => text(`comparison_${recipe}`).replace("comparison_", "");

  function draw(pen, width) {
    if (!answer) return;
    const [row, isNarrow] = [rowHeight(width), width < NARROW];
    pen.image(bytesOf(answer[0].pixels), 28, 28, 1, 1, SEEN);
    pen.text(text("comparison_seen"), SEEN + 16, SEEN / 2 + 6, { weight: 600, fit: width - SEEN - 16 });
    const left = isNarrow ? 190 : Math.min(420, 0.45 * width);
    const bars = { x: left, width: width - left };
    answer.forEach((one, i) => {
      const y = TOP + i * row;
      const { context } = pen;
      context.fillStyle = pen.line;
      context.fillRect(0, y, width, 1);
      pen.text(nameOf(one.name), 0, y + (isNarrow ? 23 : 18),
        { weight: 600, size: isNarrow ? 13 : 15, fit: bars.x - 66 });
      const facts = [
        text("comparison_parameters", { parameters: number(one.parameters) }),
        text("comparison_test", { test: percent(one.test) }),
        one.pens === null ? "" : text("comparison_pens", { pens: percent(one.pens) }),
      ];
      const lines = isNarrow ? facts : [facts.slice(0, 2).join(", "), facts[2]];
      lines.forEach((line, at) => pen.text(line, 0, y + (isNarrow ? 38 : 33) + 14 * at,
        { size: isNarrow ? 11 : 12, colour: pen.subdued, fit: bars.x - 66 }));
      pen.text(verdictOf(one) || "–", bars.x - 56, y + 0.73 * row, { size: 0.62 * row, weight: 700 });
      const step = bars.width / 10;
      one.probabilities.forEach((probability, digit) => {
        const tall = row - 30;
        const x = bars.x + digit * step;
        const isBest = one.is_digit && digit === one.digit;
        context.fillStyle = pen.track;
        context.fillRect(x, y + 10, step * 0.7, tall);
        context.fillStyle = isBest ? pen.best : pen.fill;
        context.fillRect(x, y + 10 + tall * (1 - probability), step * 0.7, tall * probability);
        pen.text(digit, x + step * 0.35, y + row - 6,
          { size: 11, align: "center", weight: isBest ? 700 : 400 });
      });
    });
  }

  for (const slider of [right, down]) slider.addEventListener("input", () => follower.changed());
  part("back").addEventListener("click", () => {
    right.value = down.value = 0;
    follower.changed();
  });
  const follower = followDrawing(root, {
    choices: () => ({ right: Number(right.value), down: Number(down.value) }),
    ask: ({ drawing, ...moved }) => server.ask({ pixels: drawing.pixels, ...moved }),
    show(next, asked) {
      answer = next;
      if (answer) tellOutcome({ tab: "comparison", ...asked, readings: answer });
      figure.redraw();
    },
  });
}
