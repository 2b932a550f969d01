/* Stress it: the changed drawing, and how the ten probabilities and the digit score move as the change grows. */
import { verdictOf } from "../../shared/answers.js";
import { tellOutcome } from "../../shared/experiments.js";
import { axes, bytesOf, createFigure, line, roundTicks } from "../../shared/figure.js";
import { followDrawing, openTab } from "../tab.js";

const NARROW = 600; // CSS pixels: below this width the curves are below the drawing
const [LEAST, MOST] = [330, 470]; // CSS pixels, the height beside the drawing
const SCORE = 74; // CSS pixels, the height of the digit score's curve
const MARGIN_SHOWN = 10; // nats to either side of its threshold, as in the verdict's gauge
const SEEN = 0.05; // a digit that is never more probable has no curve
const LABEL = 8; // CSS pixels, the radius
/* Ten colours, each at least 3:1 on the light and the dark ground; and white on them is 4.8:1. */
const COLOURS = ["#727272", "#b45909", "#0f76bf", "#0b8351", "#827207", "#6064dd", "#d73226", "#ce2c8b", "#a04bcb", "#077e89"];

export function mount({ element, props, server }) {
  const { part, root, canvas, text, number } = openTab(element);
  const [change, strength, outcome] = ["change", "strength", "outcome"].map(part);
  /** @type {any} */
  let answer = null;
  let shown = ""; // the change whose curve is shown
  /** @type {any} */
  let drawing = null; // that the answer is about
  /** @type {any} */
  let box = null; // of the curve

  for (const name of props.changes) change.append(new Option(text(`perturbation_${name}`), name));

  const figure = createFigure(canvas, (width, room) => (
    width < NARROW ? 670 : Math.max(LEAST, Math.min(MOST, room))), draw);

  const at = () => Number(strength.value);
  const verdict = (i) => verdictOf({ is_digit: answer.is_digit[i],
    digit: answer.probabilities[i].indexOf(Math.max(...answer.probabilities[i])) });

  function draw(pen, width, height) {
    if (!answer) return;
    const isNarrow = width < NARROW;
    const size = Math.min(224, height - 110);
    const i = at();
    pen.text(text("perturbation_seen"), 0, 14, { weight: 600 });
    pen.image(bytesOf(answer.pixels).subarray(i * 784, (i + 1) * 784), 28, 28, 1, 24, size);
    pen.text(verdict(i), isNarrow ? size + 24 : 0, 24 + size + (isNarrow ? 24 - size / 2 : 62), { size: 60, weight: 700 });
    const [left, top] = isNarrow ? [50, 290] : [size + 84, 34];
    box = { x: left, y: top, width: width - left - 12, height: height - top - 62 - SCORE - 36 };
    const score = { ...box, y: box.y + box.height + 36, height: SCORE };
    const { strengths, margins } = answer;
    const x = /** @type {[number, number]} */ ([strengths[0], strengths.at(-1)]);
    shadeRefused(pen, [box, score]);
    const { px, py } = axes(pen, box, {
      x, y: [0, 100], xTicks: [], yTicks: [0, 25, 50, 75, 100],
      xLabel: "", yLabel: text("perturbation_probability"), number,
    });
    drawScore(pen, score, x);
    drawVerdicts(pen, px);
    drawCurves(pen, px, py);
    line(pen, [[px(strengths[i]), box.y], [px(strengths[i]), box.y + box.height]], pen.best, 3);
    needle(pen, score, px(strengths[i]), margins[i]);
  }

  /* Above the curves what is read, between dashed lines where it changes. */
  function drawVerdicts(pen, px) {
    const { strengths, flips } = answer;
    const edges = flips.map((flip) => px((strengths[flip] + strengths[flip - 1]) / 2));
    for (const x of edges) line(pen, [[x, box.y - 24], [x, box.y + box.height]], pen.ink, 1, [3, 4]);
    [0, ...flips].forEach((flip, i) => {
      const [left, right] = [edges[i - 1] ?? box.x, edges[i] ?? box.x + box.width];
      if (right - left > 13) pen.text(verdict(flip), (left + right) / 2, box.y - 12, { weight: 700, align: "center" });
    });
  }

  function drawCurves(pen, px, py) {
    const { strengths, probabilities } = answer;
    const curves = COLOURS.map((colour, digit) => ({ digit, colour, points: strengths.map((value, j) => (
      [px(value), py(100 * probabilities[j][digit])])) }))
      .filter(({ digit }) => probabilities.some((row) => row[digit] > SEEN));
    for (const { points, colour } of curves) line(pen, points, colour, 2.5);
    placeLabels(curves.map(({ points }) => points), 2 * LABEL + 1).forEach(([at, y], i) => {
      const x = Math.max(box.x + LABEL, Math.min(box.x + box.width - LABEL, at)); // off the axes
      pen.context.fillStyle = curves[i].colour;
      pen.context.beginPath();
      pen.context.arc(x, y, LABEL, 0, 2 * Math.PI);
      pen.context.fill();
      pen.text(curves[i].digit, x, y + 4, { size: 11, weight: 700, align: "center", colour: "#fff" });
    });
  }

  /* The strengths at which the verdict is "?". */
  function shadeRefused(pen, boxes) {
    const { is_digit: isDigit } = answer;
    const step = box.width / (isDigit.length - 1);
    const edge = (j) => Math.max(0, Math.min(box.width, j * step));
    pen.context.fillStyle = pen.track;
    pen.context.globalAlpha = 0.55;
    isDigit.forEach((isOne, j) => {
      if (isOne || (j && !isDigit[j - 1])) return; // neighbours in one piece: without seams
      const end = isDigit.indexOf(true, j);
      const [left, right] = [edge(j - 0.5), edge((end < 0 ? isDigit.length : end) - 0.5)];
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
}

/**
 * For each curve one of its points: as high as can be, and as far from the labels before as `apart`.
 * @param {number[][][]} curves of points [x, y], y downwards @param {number} apart
 */
export function placeLabels(curves, apart) {
  /** @type {number[][]} */
  const placed = [];
  for (const points of curves) {
    const top = Math.min(...points.map(([, y]) => y));
    const isFree = (/** @type {number[]} */ [x, y]) => placed.every((other) => Math.hypot(other[0] - x, other[1] - y) >= apart);
    const peak = points.filter(([, y]) => y < top + 2);
    const middle = peak[Math.floor(peak.length / 2)]; // of a plateau
    const order = [middle, ...[...points].sort((one, other) => one[1] - other[1])];
    placed.push(order.find(isFree) ?? middle);
  }
  return placed;
}
