/* How it learned: curves, confusion, calibration and each digit's share, all from the card. */
import { heard } from "../../shared/post.js";
import { createQuestion, GIVE_UP_IN_LINE_AFTER } from "../../shared/question.js";
import { createTexts } from "../../shared/texts.js";
import { axes, bytesOf, createFigure, line, roundTicks, saveOnClick } from "../../shared/figure.js";

const HEIGHT = 360; // CSS pixels of each picture
const LEFT = 54; // CSS pixels for the words of the vertical axis
const ERRORS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]; // %, on axes where each is as far from the next

/** A share that is right, as percent wrong. @param {number} share */
const wrong = (share) => 100 * (1 - share);
/** @param {number[]} ticks @param {number[]} range */
const within = (ticks, [low, high]) => ticks.filter((tick) => tick >= low && tick <= high);

export function mount({ element, props, server }) {
  const root = element.querySelector(".tab");
  const { text, fill, number } = createTexts();
  fill(root);
  const canvas = root.querySelector('[data-testid="figure"]');
  const landed = root.querySelector('[data-testid="landed"]');
  const of = root.querySelector('[data-testid="of"]');
  const outcome = root.querySelector('[data-testid="outcome"]');
  const { history, figures } = props;
  /** @type {any} */
  let grid = null; // where the confusion is: {x, y, cell}
  /** @type {string[]} */
  let drawings = [];
  /** @type {[number, number] | null} */
  let chosen = null; // [written, read]
  root.querySelector("pre").textContent = props.summary;
  for (const name of Object.keys(figures)) of.append(new Option(text(`training_history_${name}`), name));

  const columns = (width) => (width < 760 ? 1 : 2);
  const figure = createFigure(canvas, (width) => (4 / columns(width)) * HEIGHT, draw);
  const pictures = createFigure(
    landed, (width) => (drawings.length ? Math.min(110, width / 8) + 8 : 0), (pen, width) => {
      const size = Math.min(110, width / 8) - 8;
      drawings.forEach((pixels, i) => pen.image(bytesOf(pixels), 28, 28, i * (size + 8) + 1, 2, size));
    });

  function draw(pen, width) {
    const count = columns(width);
    const wide = width / count;
    [drawCurves, drawConfusion, drawReliability, drawByDigit].forEach((picture, i) => {
      const x = (i % count) * wide;
      const y = Math.floor(i / count) * HEIGHT;
      const right = (i + 1) % count ? 36 : 8;
      picture(pen, { x: x + LEFT, y: y + 34, width: wide - LEFT - right, height: HEIGHT - 96 },
        figures[of.value]);
    });
  }

  function title(pen, box, words) {
    pen.text(words, box.x - LEFT, box.y - 14, { weight: 600, fit: box.width + LEFT });
  }

  /* Errors on a logarithmic axis: of accuracies near 100 % one sees no learning. */
  function drawCurves(pen, box) {
    title(pen, box, text("training_history_curves"));
    const series = [["accuracy", pen.fill], ["val_accuracy", pen.best]]
      .map(([name, colour]) => ({ name, colour, values: history[name].map(wrong) }));
    const values = series.flatMap((one) => one.values);
    const epochs = history.accuracy.length;
    /** @type {[number, number]} */
    const y = [
      Math.max(ERRORS[0], ...ERRORS.filter((tick) => tick <= Math.min(...values))),
      Math.max(...values) * 1.1];
    const { px, py } = axes(pen, box, {
      x: [1, Math.max(epochs, 2)], y, yScale: Math.log,
      xTicks: roundTicks(1, epochs).filter(Number.isInteger), yTicks: within(ERRORS, y),
      xLabel: text("training_history_epochs"), yLabel: text("training_history_wrong"), number,
    });
    series.forEach(({ name, colour, values: shown }, i) => {
      line(pen, shown.map((value, epoch) => [px(epoch + 1), py(value)]), colour, 2.5);
      pen.text(text(`training_history_${name}`), box.x + box.width - 4, box.y + 16 + 18 * i,
        { size: 12, align: "right", colour, weight: 600 });
    });
  }

  function drawConfusion(pen, box, { confusion }) {
    title(pen, box, text("training_history_confusion"));
    const cell = Math.min(box.width, box.height) / 10;
    grid = { x: box.x, y: box.y, cell };
    const most = Math.max(1, ...confusion.flatMap((row, i) => row.filter((_, j) => i !== j)));
    confusion.forEach((row, written) => {
      row.forEach((n, read) => {
        const isRight = written === read;
        const [x, y] = [box.x + read * cell, box.y + written * cell];
        pen.context.fillStyle = pen.track;
        pen.context.fillRect(x, y, cell - 1, cell - 1);
        pen.context.globalAlpha = isRight ? 0.35 : Math.sqrt(n / most);
        pen.context.fillStyle = isRight ? pen.fill : pen.best;
        pen.context.fillRect(x, y, cell - 1, cell - 1);
        pen.context.globalAlpha = 1;
        if (n) pen.text(n, x + cell / 2, y + cell / 2 + 4, { size: Math.min(11, cell / 2.2), align: "center", fit: cell - 4 });
        if (chosen && chosen[0] === written && chosen[1] === read) {
          pen.context.strokeStyle = pen.ink;
          pen.context.lineWidth = 2;
          pen.context.strokeRect(x, y, cell - 1, cell - 1);
        }
      });
      pen.text(written, box.x - 8, box.y + (written + 0.65) * cell, { size: 12, align: "right" });
      pen.text(written, box.x + (written + 0.5) * cell, box.y + 10 * cell + 16, { size: 12, align: "center" });
    });
    pen.text(text("training_history_read"), box.x + 5 * cell, box.y + 10 * cell + 34,
      { size: 12, align: "center", colour: pen.subdued });
    pen.context.save();
    pen.context.translate(box.x - 30, box.y + 5 * cell);
    pen.context.rotate(-Math.PI / 2);
    pen.text(text("training_history_written"), 0, 0,
      { size: 12, align: "center", colour: pen.subdued });
    pen.context.restore();
  }

  /* Doubt against errors, both on logarithmic axes: nearly everything is read with hardly any. Groups
   * without a single error, and those with less doubt than the axis has, lie on its lowest line.
   */
  function drawReliability(pen, box, { reliability, error }) {
    title(pen, box, `${text("training_history_reliability")}: ${
      text("training_history_error", { error: number(100 * error, 2) })}`);
    if (!reliability) return;
    /** @type {[number, number]} */
    const range = [0.05, 50];
    const onAxis = (share) => Math.max(range[0], wrong(share));
    const { px, py } = axes(pen, box, {
      x: range, y: range, xScale: Math.log, yScale: Math.log,
      xTicks: within(ERRORS, range), yTicks: within(ERRORS, range),
      xLabel: text("training_history_unsure"), yLabel: text("training_history_wrong"), number,
    });
    line(pen, [[px(range[0]), py(range[0])], [px(range[1]), py(range[1])]], pen.subdued, 1, [4, 4]);
    pen.text(0, box.x - 6, box.y + box.height + 4, { size: 12, align: "right", colour: pen.subdued });
    reliability.sure.forEach((sure, i) => {
      pen.context.fillStyle = pen.best;
      pen.context.globalAlpha = 0.8;
      pen.context.beginPath();
      pen.context.arc(px(onAxis(sure)), py(onAxis(reliability.right[i])), 5, 0, 7);
      pen.context.fill();
      pen.context.globalAlpha = 1;
    });
    pen.text(text("training_history_honest"), box.x + 12, box.y + 18,
      { size: 12, colour: pen.subdued, fit: box.width - 20 });
  }

  function drawByDigit(pen, box, { confusion }) {
    title(pen, box, text("training_history_by_digit"));
    const shares = confusion.map((row, digit) => (100 * row[digit]) / row.reduce((a, b) => a + b, 0));
    const low = Math.min(95, Math.floor(Math.min(...shares)));
    const { py } = axes(pen, box, {
      x: [-0.5, 9.5], y: [low, 100], xTicks: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      yTicks: roundTicks(low, 100, 5), xLabel: text("training_history_digit"), yLabel: text("training_history_right"), number,
    });
    shares.forEach((share, digit) => {
      const wide = box.width / 10;
      pen.context.fillStyle = pen.best;
      pen.context.fillRect(box.x + (digit + 0.2) * wide, py(share), 0.6 * wide, py(low) - py(share));
      pen.text(number(share), box.x + (digit + 0.5) * wide, py(share) - 5,
        { size: 11, align: "center", fit: 0.9 * wide });
    });
  }

  const question = createQuestion({
    subject: () => chosen && { written: chosen[0], read: chosen[1] },
    ask: (cell) => heard(server.ask(cell)),
    isValid: Array.isArray,
    show(answer, { written, read }) {
      drawings = answer;
      outcome.textContent = text(
        drawings.length ? "training_history_found" : "training_history_none", { written, read });
      pictures.redraw();
      (drawings.length ? landed : outcome).scrollIntoView({ block: "nearest", behavior: "smooth" });
    },
    giveUpAfter: GIVE_UP_IN_LINE_AFTER,
    onState(state) {
      const words = state.sentence
        || { slow: text("tab_slow"), lost: text("tab_lost"), busy: text("tab_busy") }[state.name];
      if (words) outcome.textContent = words;
    },
  });

  function tap(event) {
    if (!grid) return;
    const box = canvas.getBoundingClientRect();
    const enlarged = box.width / canvas.clientWidth; // for a presenter
    const read = Math.floor(((event.clientX - box.left) / enlarged - grid.x) / grid.cell);
    const written = Math.floor(((event.clientY - box.top) / enlarged - grid.y) / grid.cell);
    if (read < 0 || read > 9 || written < 0 || written > 9) return;
    chosen = [written, read];
    figure.redraw();
    question.changed();
  }

  canvas.addEventListener("click", tap);
  of.addEventListener("change", figure.redraw);
  saveOnClick(root, canvas, "how-it-learned");
}
