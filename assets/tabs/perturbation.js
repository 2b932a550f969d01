/* Stress it: the changed drawing, and the ten probabilities as the change grows. */
import { tellOutcome } from "../experiments.js";
import { createTexts } from "../texts.js";
import { axes, bytesOf, createFigure, DIGIT_COLOURS, line, roundTicks, saveOnClick } from "./figure.js";
import { followDrawing, takeExperiment } from "./tab.js";

export function mount({ element, props, server }) {
  const root = element.querySelector(".tab");
  const { text, fill, number } = createTexts();
  fill(root);
  const canvas = root.querySelector("canvas");
  const change = root.querySelector('[data-testid="change"]');
  const strength = root.querySelector('[data-testid="strength"]');
  const outcome = root.querySelector('[data-testid="outcome"]');
  /** @type {any} */
  let answer = null;
  let shown = ""; // the change whose curve is shown
  /** @type {any} */
  let told = null; // the drawing that the answer is about
  /** @type {any} */
  let box = null; // of the curve

  for (const name of props.changes) change.append(new Option(text(`perturbation_${name}`), name));

  const isNarrow = (width) => width < 700;
  const figure = createFigure(canvas, (width) => (isNarrow(width) ? 560 : 360), draw);

  const at = () => Number(strength.value);
  const verdict = (i) => (answer.is_digit[i]
    ? String(answer.probabilities[i].indexOf(Math.max(...answer.probabilities[i]))) : "?");

  function draw(pen, width, height) {
    if (!answer) return;
    const size = 224;
    const i = at();
    pen.text(text("perturbation_seen"), 0, 14, { weight: 600 });
    pen.image(bytesOf(answer.pixels).subarray(i * 784, (i + 1) * 784), 28, 28, 1, 24, size);
    if (isNarrow(width)) pen.text(verdict(i), size + 24, 24 + size / 2 + 24, { size: 72, weight: 700 });
    else pen.text(verdict(i), 0, 24 + size + 62, { size: 58, weight: 700 });
    const left = isNarrow(width) ? 50 : size + 84;
    const top = isNarrow(width) ? 280 : 24;
    box = { x: left, y: top, width: width - left - 34, height: height - top - 62 };
    const { strengths, probabilities, flips } = answer;
    const { px, py } = axes(pen, box, {
      x: [strengths[0], strengths.at(-1)], y: [0, 100],
      xTicks: roundTicks(strengths[0], strengths.at(-1)), yTicks: [0, 25, 50, 75, 100],
      xLabel: text(`perturbation_${shown}_unit`), yLabel: text("perturbation_probability"), number,
    });
    for (const flip of flips) {
      const x = px((strengths[flip] + strengths[flip - 1]) / 2);
      line(pen, [[x, box.y], [x, box.y + box.height]], pen.ink, 1, [3, 4]);
      pen.text(`${verdict(flip - 1)}→${verdict(flip)}`, x, box.y - 6,
        { size: 11, align: "center", colour: pen.subdued });
    }
    for (let digit = 0; digit < 10; digit++) {
      const points = strengths.map((value, j) => [px(value), py(100 * probabilities[j][digit])]);
      line(pen, points, DIGIT_COLOURS[digit]);
      const most = probabilities.reduce((best, row, j) => (row[digit] > probabilities[best][digit] ? j : best), 0);
      if (probabilities[most][digit] > 0.25) {
        pen.text(digit, points[most][0], points[most][1] - 5,
          { weight: 700, align: "center", colour: DIGIT_COLOURS[digit] });
      }
      pen.text(digit, box.x + box.width + 16, box.y + 12 + digit * (box.height / 10),
        { weight: 700, colour: DIGIT_COLOURS[digit] });
    }
    line(pen, [[px(strengths[i]), box.y], [px(strengths[i]), box.y + box.height]], pen.best, 3);
  }

  function tell() {
    const i = at();
    outcome.textContent = text("perturbation_outcome", {
      strength: number(answer.strengths[i]), unit: text(`perturbation_${shown}_unit`), verdict: verdict(i) });
    tellOutcome({ tab: "perturbation", drawing: told, change: shown, verdict: verdict(i) });
    figure.redraw();
  }

  function pick(event) {
    if (!answer || !box || (event.type === "pointermove" && !event.buttons)) return;
    const x = event.clientX - canvas.getBoundingClientRect().left;
    if (x < box.x - 10) return;
    const share = Math.min(1, Math.max(0, (x - box.x) / box.width));
    strength.value = Math.round(share * (answer.strengths.length - 1));
    tell();
  }

  canvas.addEventListener("pointerdown", pick);
  canvas.addEventListener("pointermove", pick);
  strength.addEventListener("input", () => answer && tell());
  change.addEventListener("change", () => follower.changed());
  saveOnClick(root, canvas, "perturbation");
  const follower = followDrawing(root, {
    choices: () => ({ change: change.value }),
    ask: ({ drawing, change: asked }) => server.ask({ pixels: drawing.pixels, change: asked }),
    show(next, asked) {
      answer = next;
      strength.max = answer.strengths.length - 1;
      if (shown !== asked.change) strength.value = answer.neutral;
      shown = asked.change;
      told = asked.drawing;
      tell();
    },
    showBlank() {
      answer = null;
      outcome.textContent = "";
      figure.redraw();
    },
  });
  takeExperiment(root, "perturbation");
}
