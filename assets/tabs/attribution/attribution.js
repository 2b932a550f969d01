/* Which ink counts: integrated gradients and occlusion, side by side over the drawing; coarse while the
 * pen moves, fine once it rests.
 */
import { currentDrawing } from "../../shared/current_drawing.js";
import { tellOutcome } from "../../shared/experiments.js";
import { createTexts } from "../../shared/texts.js";
import { GAP, bytesOf, createFigure, floatsOf, saveOnClick, signed, signedLegend } from "../../shared/figure.js";
import { fillDigits, followDrawing, takeExperiment } from "../tab.js";

const REST = 250; // ms with the same drawing
const FOOT = 100; // CSS pixels below a map: its legend and what it sums to
const HEAD = 24;
const FOOT_OF_SMALL = 145; // the same words take more lines

export function mount({ element, server }) {
  const root = element.querySelector(".tab");
  const { text, fill, number } = createTexts();
  fill(root);
  const canvas = root.querySelector("canvas");
  const digits = root.querySelector('[data-testid="digit"]');
  const against = root.querySelector('[data-testid="against"]');
  /** @type {any} */
  let answer = null;
  let pixels = "";
  let isChosen = false; // by hand; until then it is the digit that is read
  /** @type {unknown} */
  let rested = null; // the drawing that is explained finely
  let timer = 0;

  digits.append(new Option(text("attribution_read"), "read"));
  fillDigits(digits);
  against.append(new Option(text("attribution_nobody"), "-1"));
  fillDigits(against);

  const isNarrow = (width) => width < 560; // one below the other
  const side = (width) => Math.min(420, isNarrow(width) ? width : (width - 2 * GAP) / 3);
  const pitch = (width) => HEAD + side(width) + (side(width) < 300 ? FOOT_OF_SMALL : FOOT);
  const second = (width) => HEAD + side(width) + 16; // the drawing has no legend
  const figure = createFigure(
    canvas, (width) => (isNarrow(width) ? second(width) + 2 * pitch(width) : pitch(width)), draw);

  function draw(pen, width) {
    if (!answer) return;
    const size = side(width);
    const place = (i) => (isNarrow(width)
      ? [0, HEAD - 2 + (i && second(width) + (i - 1) * pitch(width))] : [i * (size + GAP), HEAD - 2]);
    const maps = [
      ["attribution_drawing", null, 1],
      ["attribution_gradients", floatsOf(answer.gradients), answer.largest_gradient],
      ["attribution_occlusion", floatsOf(answer.occlusion), answer.largest_occlusion],
    ];
    const drawing = bytesOf(pixels);
    maps.forEach(([key, values, largest], i) => {
      const [x, y] = place(i);
      pen.text(text(key), x, y - 8, { weight: 600 });
      if (!values) {
        pen.image(drawing, 28, 28, x, y, size);
        return;
      }
      pen.image(values.map((value) => value / (largest || 1)), 28, 28, x, y, size, signed);
      outline(pen, drawing, x, y, size);
      const limit = number(largest);
      signedLegend(pen, x, y + size + 12, Math.min(size, 220), [`−${limit}`, `+${limit}`]);
      const style = { size: 12, colour: pen.subdued };
      const below = pen.paragraph(text("attribution_signs"), x, y + size + 56, size, style);
      if (key === "attribution_gradients") {
        pen.paragraph(text("attribution_sum", { total: number(answer.total), residual: number(answer.residual) }),
          x, below + 4, size, style);
      }
    });
  }

  /* Where the ink ends, so that one sees on which side of it a colour lies. */
  function outline(pen, drawing, x, y, size) {
    const unit = size / 28;
    const isInk = (row, column) => drawing[row * 28 + column] > 127;
    pen.context.strokeStyle = "rgb(255 255 255 / 0.6)";
    pen.context.lineWidth = 1;
    pen.context.beginPath();
    for (let row = 1; row < 28; row++) {
      for (let column = 1; column < 28; column++) {
        if (isInk(row, column) !== isInk(row, column - 1)) {
          pen.context.moveTo(x + column * unit, y + row * unit);
          pen.context.lineTo(x + column * unit, y + (row + 1) * unit);
        }
        if (isInk(row, column) !== isInk(row - 1, column)) {
          pen.context.moveTo(x + column * unit, y + row * unit);
          pen.context.lineTo(x + (column + 1) * unit, y + row * unit);
        }
      }
    }
    pen.context.stroke();
  }

  digits.addEventListener("change", () => {
    isChosen = digits.value !== "read";
    askAnew();
  });
  against.addEventListener("change", askAnew);

  function askAnew() {
    rested = null;
    follower.changed();
  }

  saveOnClick(root, canvas, "which-ink");
  const follower = followDrawing(root, {
    choices: () => ({
      digit: isChosen ? Number(digits.value) : currentDrawing()?.reading.digit,
      against: Number(against.value),
      isFine: rested === currentDrawing(),
    }),
    ask({ drawing, isFine, ...choices }) {
      const question = { pixels: drawing.pixels, ...choices };
      return isFine ? server.ask_finely(question) : server.ask(question);
    },
    isOld: () => pixels !== currentDrawing()?.pixels,
    show(next, asked) {
      answer = next;
      ({ pixels } = asked.drawing);
      root.dataset.fine = String(asked.isFine);
      clearTimeout(timer);
      if (!asked.isFine) {
        timer = setTimeout(() => {
          rested = asked.drawing;
          follower.changed();
        }, REST);
      }
      tellOutcome({ tab: "attribution", ...asked });
      figure.redraw();
    },
    showBlank() {
      answer = null;
      figure.redraw();
    },
  });
  takeExperiment(root, "attribution");
}
