/* Which ink: occlusion, large, over the drawing; integrated gradients next to it on demand. The maps are coarse
 * while the pen moves and fine once it rests.
 */
import { currentDrawing } from "../../shared/current_drawing.js";
import { tellOutcome } from "../../shared/experiments.js";
import { NARROW, bytesOf, createFigure, floatsOf, rowsOf, signed, signedLegend } from "../../shared/figure.js";
import { fillDigits, followDrawing, openTab } from "../tab.js";

const REST = 250; // ms with the same drawing: then it is explained finely
const [LEAST, MOST] = [200, 640]; // CSS pixels, the side of a map
const HEAD = 24; // CSS pixels above a map
const FOOT = 150; // CSS pixels below a map whose words are below it

export function mount({ element, server }) {
  const { root, part, canvas, text, number } = openTab(element);
  const [digits, against, gradients] = ["digit", "against", "gradients"].map(part);
  /** @type {any} */
  let answer = null;
  /** @type {any} */
  let asked = null; // the question that `answer` is about
  /** @type {unknown} */
  let rested = null; // the drawing that is explained finely
  let timer = 0;

  digits.append(new Option(text("attribution_read"), "read"));
  fillDigits(digits);
  against.append(new Option(text("attribution_nobody"), "-1"));
  fillDigits(against);

  /** @type {ReturnType<typeof rowsOf>} */
  let rows;
  let isBeside = false; // the words are at the right of the only map

  function heightFor(width, room) {
    const count = answer?.gradients ? 2 : 1;
    isBeside = count < 2 && width >= NARROW;
    const foot = isBeside ? 4 : FOOT;
    const most = Math.min(width < NARROW ? width : MOST, isBeside ? 0.6 * width : width, Math.max(LEAST, room - HEAD - foot));
    rows = rowsOf(count, width, { across: 2, narrow: 1, most, head: HEAD, foot });
    return rows.height;
  }

  const figure = createFigure(canvas, heightFor, (pen, width) => answer && rows.places.forEach(({ x: left, y, size: side }, i) => {
    const [method, x, size] = [["occlusion", "gradients"][i], left + 1, side - 2];
    const values = floatsOf(answer[method]);
    const largest = Math.max(...values.map(Math.abs));
    pen.text(text(`attribution_${method}`), x, y - 8, { weight: 600, fit: size });
    pen.image(values.map((value) => value / (largest || 1)), 28, 28, x, y, size, signed);
    outline(pen, bytesOf(asked.drawing.pixels), x, y, size);
    explain(pen, isBeside ? { x: x + size + 28, y: y + 4, width: width - size - 32 } : { x, y: y + size + 12, width: size },
      method, number(largest));
  }));

  function explain(pen, { x, y, width }, method, largest) {
    signedLegend(pen, x, y, Math.min(width, 260), [`−${largest}`, `+${largest}`]);
    const style = { size: 13.5, colour: pen.subdued };
    const below = pen.paragraph(text(`attribution_${method}_signs`, { digit: asked.digit }), x, y + 52, width, style);
    if (method === "occlusion") return;
    pen.paragraph(text(answer.total < 0 ? "attribution_lower" : "attribution_higher",
      { total: number(Math.abs(answer.total)) }), x, below + 6, width, style);
  }

  const follower = followDrawing(root, {
    choices: () => ({
      digit: digits.value === "read" ? currentDrawing()?.reading.digit : Number(digits.value),
      against: Number(against.value),
      gradients: gradients.checked,
      isFine: rested === currentDrawing(),
    }),
    ask({ drawing, isFine, ...choices }) {
      const question = { pixels: drawing.pixels, ...choices };
      return isFine ? server.ask_finely(question) : server.ask(question);
    },
    isOld: () => asked?.drawing.pixels !== currentDrawing()?.pixels,
    show(next, question) {
      [answer, asked] = [next, question];
      clearTimeout(timer);
      if (next) {
        root.dataset.fine = String(asked.isFine);
        if (!asked.isFine) timer = setTimeout(() => explainFinely(asked.drawing), REST);
        tellOutcome({ tab: "attribution", ...asked });
      }
      figure.redraw();
    },
  });

  function explainFinely(drawing) {
    rested = drawing;
    follower.changed();
  }

  for (const choice of [digits, against, gradients]) choice.addEventListener("change", () => explainFinely(null));
}

/* The edge of the ink shows on which side of it a colour lies. */
function outline({ context }, drawing, x, y, size) {
  const unit = size / 28;
  const isInk = (row, column) => drawing[row * 28 + column] > 127;
  context.strokeStyle = "rgb(255 255 255 / 0.6)";
  context.lineWidth = 1;
  context.beginPath();
  for (let row = 1; row < 28; row++) {
    for (let column = 1; column < 28; column++) {
      for (const [down, right] of [[1, 0], [0, 1]]) { // the edge to the left of the pixel, and the one above it
        if (isInk(row, column) === isInk(row - right, column - down)) continue;
        context.moveTo(x + column * unit, y + row * unit);
        context.lineTo(x + (column + right) * unit, y + (row + down) * unit);
      }
    }
  }
  context.stroke();
}
