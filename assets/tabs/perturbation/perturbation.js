/* Stress it: the changed drawing, and how the ten probabilities and the digit score move as the change grows. */
import { tellOutcome } from "../../shared/experiments.js";
import { axes, bytesOf, createFigure, DIGIT_COLOURS, line, roundTicks, saveOnClick } from "../../shared/figure.js";
import { followDrawing, openTab, takeExperiment } from "../tab.js";

const SCORE = 74; // CSS pixels, the height of the digit score's curve
const MARGIN_SHOWN = 10; // nats to either side of its threshold, as in the verdict's gauge

export function mount({ element, props, server }) {
  const { root, part, text, number } = openTab(element);
  const canvas = root.querySelector("canvas");
  const [change, strength, outcome] = ["change", "strength", "outcome"].map(part);
  /** @type {any} */
  let answer = null;
  let shown = ""; // the change whose curve is shown
  /** @type {any} */
  let drawing = null; // that the answer is about
  /** @type {any} */
  let box = null; // of the curve

  for (const name of props.changes) change.append(new Option(text(`perturbation_${name}`), name));

  const isNarrow = (width) => width < 600;
  const wide = () => (canvas.closest(".on-projector") ? 390 : 470); // a projector's stage is enlarged
  const figure = createFigure(canvas, (width) => (isNarrow(width) ? 670 : wide()), draw);

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
    box = { x: left, y: top, width: width - left - 34, height: height - top - 62 - SCORE - 36 };
    const score = { ...box, y: box.y + box.height + 36, height: SCORE };
    const { strengths, probabilities, flips, margins } = answer;
    const x = /** @type {[number, number]} */ ([strengths[0], strengths.at(-1)]);
    shadeRefused(pen, [box, score]);
    const { px, py } = axes(pen, box, {
      x, y: [0, 100], xTicks: [], yTicks: [0, 25, 50, 75, 100],
      xLabel: "", yLabel: text("perturbation_probability"), number,
    });
    drawScore(pen, score, x);
    for (const flip of flips) {
      const at = px((strengths[flip] + strengths[flip - 1]) / 2);
      line(pen, [[at, box.y], [at, box.y + box.height]], pen.ink, 1, [3, 4]);
      pen.text(`${verdict(flip - 1)}→${verdict(flip)}`, at, box.y - 6,
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
    needle(pen, score, px(strengths[i]), margins[i]);
  }

  /* The strengths at which the verdict is "?". */
  function shadeRefused(pen, boxes) {
    const { is_digit: isDigit } = answer;
    const last = isDigit.length - 1;
    const edge = (j) => (Math.max(0, Math.min(last, j)) * box.width) / last;
    pen.context.fillStyle = pen.track;
    pen.context.globalAlpha = 0.55;
    isDigit.forEach((isOne, j) => {
      if (isOne || (j && !isDigit[j - 1])) return; // neighbours in one piece: without seams
      const end = isDigit.indexOf(true, j);
      const [left, right] = [edge(j - 0.5), edge((end < 0 ? last + 1 : end) - 0.5)];
      for (const { x, y, height } of boxes) pen.context.fillRect(x + left, y, right - left, height);
    });
    pen.context.globalAlpha = 1;
  }

  const heightOf = ({ y, height }, margin) => (
    y + height * (0.5 - Math.max(-1, Math.min(1, margin / MARGIN_SHOWN)) / 2));

  /* The digit score for every strength: orange above the threshold, grey below. */
  function drawScore(pen, score, x) {
    const { strengths, margins } = answer;
    const { px } = axes(pen, score, { x, y: [-MARGIN_SHOWN, MARGIN_SHOWN], number,
      xTicks: roundTicks(...x), yTicks: [], xLabel: text(`perturbation_${shown}_unit`), yLabel: "" });
    pen.text(text("perturbation_score"), score.x, score.y - 9, { size: 12, colour: pen.subdued, fit: score.width });
    const zero = heightOf(score, 0);
    line(pen, [[score.x, zero], [score.x + score.width, zero]], pen.ink, 2);
    [pen.best, pen.fill].forEach((colour, half) => {
      pen.context.save();
      pen.context.beginPath();
      pen.context.rect(score.x, half ? zero : score.y - 3, score.width, score.height / 2 + 3);
      pen.context.clip();
      line(pen, strengths.map((value, j) => [px(value), heightOf(score, margins[j])]), colour, 3);
      pen.context.restore();
    });
  }

  function needle(pen, score, x, margin) {
    line(pen, [[x, score.y], [x, score.y + score.height]], pen.best, 1);
    pen.context.beginPath();
    pen.context.arc(x, heightOf(score, margin), 7, 0, 2 * Math.PI);
    pen.context.fillStyle = margin < 0 ? pen.fill : pen.best;
    pen.context.fill();
    pen.context.lineWidth = 2;
    pen.context.strokeStyle = pen.paper;
    pen.context.stroke();
  }

  function tell() {
    const i = at();
    const margin = answer.margins[i];
    const sentence = text("perturbation_outcome", {
      strength: number(answer.strengths[i]), unit: text(`perturbation_${shown}_unit`), verdict: verdict(i) });
    tellOutcome({ tab: "perturbation", drawing, change: shown, verdict: verdict(i) });
    const isFar = Math.abs(margin) > MARGIN_SHOWN;
    const sign = margin < 0 ? "−" : "+";
    const shownMargin = `${isFar ? (margin < 0 ? "< " : "> ") : ""}${sign}${number(Math.min(Math.abs(margin), MARGIN_SHOWN))}`;
    outcome.textContent = `${sentence} ${text("perturbation_margin", { margin: shownMargin })}`;
    outcome.dataset.margin = String(margin);
    figure.redraw();
  }

  function pick(event) {
    if (!answer || !box || (event.type === "pointermove" && !event.buttons)) return;
    const { left, width } = canvas.getBoundingClientRect();
    const x = ((event.clientX - left) * canvas.clientWidth) / width; // a presenter's stage is enlarged
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
    ask: (asked) => server.ask({ pixels: asked.drawing.pixels, change: asked.change }),
    show(next, asked) {
      answer = next;
      if (!answer) {
        outcome.textContent = "";
        figure.redraw();
        return;
      }
      strength.max = answer.strengths.length - 1;
      if (shown !== asked.change) strength.value = answer.neutral;
      shown = asked.change;
      ({ drawing } = asked);
      tell();
    },
  });
  takeExperiment(root, "perturbation");
}
