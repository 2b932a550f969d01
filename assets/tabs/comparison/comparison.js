/* Compare networks: a row for each, with its verdict and ten bars, for the drawing moved about. */
import { tellOutcome } from "../../shared/experiments.js";
import { createTexts } from "../../shared/texts.js";
import { bytesOf, createFigure, saveOnClick } from "../../shared/figure.js";
import { followDrawing, takeExperiment } from "../tab.js";

const ROW = 74; // CSS pixels
const LOW_ROW = 54; // where the screen is low, so that all are seen
const SEEN = 112; // the side of what they all see
const LOW_SEEN = 56;
const LOW = 900; // CSS pixels of the screen's height
/** @type {Record<string, string>} the texts that name the recipes */
const NAMES = {
  sketchpad: "comparison_sketchpad",
  mlp: "comparison_mlp",
  cnn: "comparison_cnn",
  "cnn-deep": "comparison_cnn_deep",
  "cnn-dropout": "comparison_cnn_dropout",
  "cnn-plain": "comparison_cnn_plain",
  "cnn-batchnorm": "comparison_cnn_batchnorm",
};

export function mount({ element, server }) {
  const root = element.querySelector(".tab");
  const { text, fill, number, percent } = createTexts();
  fill(root);
  const canvas = root.querySelector("canvas");
  const right = root.querySelector('[data-testid="right"]');
  const down = root.querySelector('[data-testid="down"]');
  /** @type {any} */
  let answer = null;

  function isLow() {
    const { clientWidth } = canvas;
    const zoom = canvas.getBoundingClientRect().width / clientWidth; // a presenter's
    return window.innerHeight < LOW * zoom && clientWidth >= 560;
  }
  const rowHeight = () => (isLow() ? LOW_ROW : ROW);
  const seen = () => (isLow() ? LOW_SEEN : SEEN);
  const top = () => seen() + 14;

  const figure = createFigure(canvas, () => top() + rowHeight() * (answer?.length ?? 0), draw);

  const nameOf = (recipe) => (NAMES[recipe] ? text(NAMES[recipe]) : recipe);

  function draw(pen, width) {
    if (!answer) return;
    const [row, side] = [rowHeight(), seen()];
    pen.image(bytesOf(answer[0].pixels), 28, 28, 1, 1, side);
    pen.text(text("comparison_seen"), side + 16, side / 2 + 6, { weight: 600, fit: width - side - 16 });
    const isNarrow = width < (isLow() ? 560 : 640);
    const left = isNarrow ? 190 : Math.min(420, 0.45 * width);
    const bars = { x: left, width: width - left };
    answer.forEach((one, i) => {
      const y = top() + i * row;
      const { context } = pen;
      context.fillStyle = pen.line;
      context.fillRect(0, y, width, 1);
      pen.text(nameOf(one.name), 0, y + (isNarrow ? 23 : isLow() ? 18 : 26),
        { weight: 600, size: isNarrow ? 13 : 15, fit: bars.x - 66 });
      const facts = [
        text("comparison_parameters", { parameters: number(one.parameters) }),
        text("comparison_test", { test: percent(one.test) }),
        one.pens === null ? "" : text("comparison_pens", { pens: percent(one.pens) }),
      ];
      const lines = isNarrow ? facts : [facts.slice(0, 2).join(", "), facts[2]];
      const [first, pitch] = isNarrow ? [38, 14] : isLow() ? [33, 14] : [46, 16];
      lines.forEach((line, at) => pen.text(line, 0, y + first + pitch * at,
        { size: isNarrow ? 11 : 12, colour: pen.subdued, fit: bars.x - 66 }));
      const verdict = one.digit === null ? "–" : one.is_digit ? String(one.digit) : "?";
      pen.text(verdict, bars.x - 56, y + 0.73 * row, { size: 0.62 * row, weight: 700 });
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
  root.querySelector('[data-testid="back"]').addEventListener("click", () => {
    right.value = down.value = 0;
    follower.changed();
  });
  saveOnClick(root, canvas, "networks");
  const follower = followDrawing(root, {
    choices: () => ({ right: Number(right.value), down: Number(down.value) }),
    ask: ({ drawing, ...moved }) => server.ask({ pixels: drawing.pixels, ...moved }),
    show(next, asked) {
      answer = next;
      tellOutcome({ tab: "comparison", ...asked, readings: next });
      figure.redraw();
    },
    showBlank() {
      answer = null;
      figure.redraw();
    },
  });
  takeExperiment(root, "comparison");
}
