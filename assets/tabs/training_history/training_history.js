/* How it learned: learning curves, calibration and the confusion matrix, from the model's card. A cell of the matrix
 * opens where its drawings can be shown: those of the project's synthetic digits.
 */
import { heard } from "../../shared/post.js";
import { createQuestion, GIVE_UP_IN_LINE_AFTER } from "../../shared/question.js";
import { axes, bytesOf, createFigure, line, roundTicks, textUpwards, thumbnail } from "../../shared/figure.js";
import { createStatus, openTab } from "../tab.js";

const WIDE = 640; // CSS pixels: from here on curves and matrix are side by side
const HEIGHT = 300; // CSS pixels of a picture below another
const LEFT = 54; // CSS pixels for the words of the vertical axis
const ERRORS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]; // %, on axes where each is as far from the next
const DIGITS = [...Array(10).keys()];
const SHARES = 1.4; // width of the matrix' last column, in cells
const SYNTHETIC = "synthetic"; // the set whose drawings the server writes and reads

/** A share that is right, as percent wrong. @param {number} share */
const wrong = (share) => 100 * (1 - share);
/** @param {number[]} ticks @param {number[]} range */
const within = (ticks, [low, high]) => ticks.filter((tick) => tick >= low && tick <= high);

export function mount({ element, props, server }) {
  const { root, part, text, number, percent } = openTab(element);
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
  const figure = createFigure(canvas,
    (width) => (width < WIDE ? 2 * HEIGHT + width : parseFloat(getComputedStyle(canvas).minHeight)), draw);

  function draw(pen, width, height) {
    const measured = figures[of.value] ?? { confusion: DIGITS.map((written) => rows[written]?.counts ?? Array(10).fill(0)) };
    const isNarrow = width < WIDE;
    const [wide, high] = isNarrow ? [width, HEIGHT] : [0.45 * width, measured.reliability ? height / 2 : height];
    const box = (x, y, w, h) => ({ x: x + LEFT, y: y + 32, width: w - LEFT - 12, height: h - 82 });
    drawCurves(pen, box(0, 0, wide, high));
    drawConfusion(pen, isNarrow ? box(0, high, width, width) : box(wide, 0, width - wide, height), measured);
    if (measured.reliability) drawReliability(pen, box(0, isNarrow ? high + width : high, wide, high), measured);
  }

  function title(pen, box, words) {
    pen.text(words, box.x - LEFT, box.y - 16, { weight: 600, fit: box.width + LEFT });
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
      pen.text(text(`training_history_${name}`), box.x + box.width - 4, box.y + 14 + 17 * i,
        { size: 12, align: "right", colour, weight: 600, fit: 0.8 * box.width });
    });
  }

  /* The largest mistakes are filled; on all other cells dark words can be read. */
  function drawConfusion(pen, box, { confusion }) {
    const cell = Math.min(box.width / (10 + SHARES), box.height / 10);
    const size = Math.min(17, 0.42 * cell);
    title(pen, { ...box, width: 7 * cell }, text("training_history_confusion"));
    pen.text(text("training_history_right"), box.x + (10 + SHARES) * cell, box.y - 16,
      { size: 12, align: "right", colour: pen.subdued, fit: 4 * cell });
    grid = { x: box.x, y: box.y, cell };
    const most = Math.max(1, ...confusion.flatMap((row, i) => row.filter((_, j) => i !== j)));
    confusion.forEach((row, written) => {
      row.forEach((n, read) => {
        const isLarge = written !== read && n > 0.6 * most;
        const [x, y] = [box.x + read * cell, box.y + written * cell];
        const fill = (/** @type {string} */ colour, /** @type {number} */ strength) => {
          pen.context.globalAlpha = strength;
          pen.context.fillStyle = colour;
          pen.context.fillRect(x, y, cell - 1, cell - 1);
          pen.context.globalAlpha = 1;
        };
        fill(pen.track, 1);
        if (written === read) fill(pen.fill, 0.35);
        else if (n) fill(pen.best, isLarge ? 1 : 0.15 + 0.35 * Math.sqrt(n / most));
        if (n) {
          pen.text(n, x + cell / 2, y + cell / 2 + 0.36 * size,
            { size, align: "center", weight: written === read ? 400 : 700, colour: isLarge ? pen.paper : pen.ink, fit: cell - 3 });
        }
        if (String(chosen) === `${written},${read}`) {
          pen.context.strokeStyle = pen.ink;
          pen.context.lineWidth = 2;
          pen.context.strokeRect(x, y, cell - 1, cell - 1);
        }
      });
      const all = row.reduce((sum, n) => sum + n, 0);
      const middle = box.y + (written + 0.5) * cell + 0.36 * size;
      pen.text(written, box.x - 8, middle, { size, align: "right" });
      pen.text(written, box.x + (written + 0.5) * cell, box.y + 10 * cell + 18, { size, align: "center" });
      if (all) pen.text(percent(row[written] / all), box.x + (10 + SHARES) * cell, middle, { size: 0.9 * size, align: "right" });
    });
    pen.text(text("training_history_read"), box.x + 5 * cell, box.y + 10 * cell + 36,
      { size: 12, align: "center", colour: pen.subdued });
    textUpwards(pen, text("training_history_written"), box.x - 34, box.y + 5 * cell);
  }

  /* Doubt against errors, both on logarithmic axes: most drawings are read with little doubt. Groups without an
   * error, and those with less doubt than the axis shows, lie on its lowest line.
   */
  function drawReliability(pen, box, { reliability, error }) {
    title(pen, box, text("training_history_reliability", { error: number(100 * error, 2) }));
    /** @type {[number, number]} */
    const range = [0.05, 50];
    const onAxis = (share) => Math.max(range[0], wrong(share));
    const ticks = within(ERRORS, range).filter((_, i) => i % 2 === 0);
    const { px, py } = axes(pen, box, {
      x: range, y: range, xScale: Math.log, yScale: Math.log, xTicks: ticks, yTicks: ticks,
      xLabel: text("training_history_unsure"), yLabel: text("training_history_wrong"), number,
    });
    line(pen, [[px(range[0]), py(range[0])], [px(range[1]), py(range[1])]], pen.subdued, 1, [4, 4]);
    pen.text(0, box.x - 6, box.y + box.height + 4, { size: 12, align: "right", colour: pen.subdued });
    pen.context.fillStyle = pen.best;
    reliability.sure.forEach((sure, i) => {
      pen.context.beginPath();
      pen.context.arc(px(onAxis(sure)), py(onAxis(reliability.right[i])), 5, 0, 7);
      pen.context.fill();
    });
    pen.paragraph(text("training_history_honest"), box.x + 10, box.y + 14, 0.62 * box.width, { size: 12, colour: pen.subdued });
  }

  /* What the chosen cell holds, and what can be chosen. */
  function show() {
    const [written, read] = chosen ?? [];
    landed.replaceChildren(...(chosen ? rows[chosen[0]].pictures[chosen[1]] : []).map((pixels) => thumbnail(bytesOf(pixels))));
    outcome.textContent = chosen ? text("training_history_found", { written, read })
      : !isSynthetic() ? text("training_history_choose")
        : rows.length === DIGITS.length ? text("training_history_tap") : "";
    figure.redraw();
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
    show,
    giveUpAfter: GIVE_UP_IN_LINE_AFTER,
    onState: (state) => tell({ ...state, name: state.name === "blank" ? "waiting" : state.name }),
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
    show();
    landed.scrollIntoView({ block: "nearest", behavior: "smooth" });
  });
  of.addEventListener("change", () => {
    chosen = null;
    show();
    question.changed();
  });
  show();
}
