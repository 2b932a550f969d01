/* How it learned: learning curves, confusion matrix, calibration and each digit's share, from the model's card. A
 * cell of the matrix opens where its drawings can be shown: those of the project's synthetic digits.
 */
import { heard } from "../../shared/post.js";
import { createQuestion, GIVE_UP_IN_LINE_AFTER } from "../../shared/question.js";
import { axes, bytesOf, createFigure, line, roundTicks, saveOnClick, textUpwards } from "../../shared/figure.js";
import { createStatus, openTab } from "../tab.js";

const HEIGHT = 360; // CSS pixels of each picture
const LEFT = 54; // CSS pixels for the words of the vertical axis
const ERRORS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]; // %, on axes where each is as far from the next
const DIGITS = [...Array(10).keys()];
const SYNTHETIC = "synthetic"; // the set whose drawings the server writes and reads

/** A share that is right, as percent wrong. @param {number} share */
const wrong = (share) => 100 * (1 - share);
/** @param {number[]} ticks @param {number[]} range */
const within = (ticks, [low, high]) => ticks.filter((tick) => tick >= low && tick <= high);

export function mount({ element, props, server }) {
  const { root, part, text, number } = openTab(element);
  const [canvas, landed, of, outcome] = ["figure", "landed", "of", "outcome"].map(part);
  const { history, figures } = props;
  /** @type {any} */
  let grid = null; // where the matrix is: {x, y, cell}
  /** @type {{counts: number[], pictures: string[][]}[]} */
  const rows = []; // of the synthetic digits' matrix, as they come
  /** @type {[number, number] | null} */
  let chosen = null; // [written, read]
  root.querySelector("pre").textContent = props.summary;
  for (const name of [...Object.keys(figures), SYNTHETIC]) of.append(new Option(text(`training_history_${name}`), name));

  const isSynthetic = () => of.value === SYNTHETIC;
  const drawings = () => (isSynthetic() && chosen ? rows[chosen[0]].pictures[chosen[1]] : []);
  const columns = (width) => (width < 760 ? 1 : 2);
  const figure = createFigure(canvas, (width) => (4 / columns(width)) * HEIGHT, draw);
  const pictures = createFigure(
    landed, (width) => (drawings().length ? Math.min(110, width / 8) + 8 : 0), (pen, width) => {
      const size = Math.min(110, width / 8) - 8;
      drawings().forEach((pixels, i) => pen.image(bytesOf(pixels), 28, 28, i * (size + 8) + 1, 2, size));
    });

  function draw(pen, width) {
    const count = columns(width);
    const wide = width / count;
    const measured = figures[of.value] ?? { confusion: DIGITS.map((written) => rows[written]?.counts ?? Array(10).fill(0)) };
    const parts = [drawCurves, drawConfusion, drawByDigit, ...(measured.reliability ? [drawReliability] : [])];
    parts.forEach((picture, i) => {
      const x = (i % count) * wide;
      const y = Math.floor(i / count) * HEIGHT;
      const right = (i + 1) % count ? 36 : 8;
      picture(pen, { x: x + LEFT, y: y + 34, width: wide - LEFT - right, height: HEIGHT - 96 }, measured);
    });
  }

  function title(pen, box, words) {
    pen.text(words, box.x - LEFT, box.y - 14, { weight: 600, fit: box.width + LEFT });
  }

  /* Errors on a logarithmic axis: accuracies near 100 % would all look the same. */
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
        if (drawings().length && String(chosen) === `${written},${read}`) {
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
    textUpwards(pen, text("training_history_written"), box.x - 30, box.y + 5 * cell);
  }

  /* Doubt against errors, both on logarithmic axes: most drawings are read with little doubt. Groups without an
   * error, and those with less doubt than the axis shows, lie on its lowest line.
   */
  function drawReliability(pen, box, { reliability, error }) {
    title(pen, box, `${text("training_history_reliability")}: ${
      text("training_history_error", { error: number(100 * error, 2) })}`);
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
    const shares = confusion.map((row, digit) => (100 * row[digit]) / (row.reduce((a, b) => a + b, 0) || 1));
    const low = Math.min(95, Math.floor(Math.min(...shares)));
    const { py } = axes(pen, box, {
      x: [-0.5, 9.5], y: [low, 100 + 0.07 * (100 - low)], xTicks: DIGITS,
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

  const tell = createStatus(root);
  const question = createQuestion({
    subject: () => (isSynthetic() ? SYNTHETIC : null),
    async ask() {
      while (rows.length < DIGITS.length) {
        const row = await heard(server.ask({ written: rows.length }));
        if (!Array.isArray(row?.counts)) return row;
        rows.push(row);
        figure.redraw();
      }
      return rows;
    },
    show: () => outcome.textContent = text("training_history_tap"),
    giveUpAfter: GIVE_UP_IN_LINE_AFTER,
    onState: ({ name, sentence }) => tell({ name: name === "blank" ? "waiting" : name, sentence }),
  });

  function cellAt({ clientX, clientY }) {
    const box = canvas.getBoundingClientRect();
    const enlarged = box.width / canvas.clientWidth; // by a presenter
    const read = Math.floor(((clientX - box.left) / enlarged - grid.x) / grid.cell);
    const written = Math.floor(((clientY - box.top) / enlarged - grid.y) / grid.cell);
    return isSynthetic() && rows[written]?.counts[read] ? /** @type {[number, number]} */ ([written, read]) : null;
  }

  canvas.addEventListener("pointermove", (event) => canvas.classList.toggle("pick", Boolean(cellAt(event))));
  canvas.addEventListener("click", (event) => {
    const cell = cellAt(event);
    if (!cell) return;
    chosen = cell;
    outcome.textContent = text("training_history_found", { written: cell[0], read: cell[1] });
    figure.redraw();
    pictures.redraw();
    landed.scrollIntoView({ block: "nearest", behavior: "smooth" });
  });
  of.addEventListener("change", () => {
    chosen = null;
    outcome.textContent = isSynthetic() ? "" : text("training_history_choose");
    figure.redraw();
    pictures.redraw();
    question.changed();
  });
  outcome.textContent = text("training_history_choose");
  saveOnClick(root, canvas, "how-it-learned");
}
