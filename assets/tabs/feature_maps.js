/* Inside: all feature maps at the network's own sizes, and below them the arithmetic of one. */
import { createTexts } from "../texts.js";
import { bytesOf, createFigure, saveOnClick, signed, signedLegend, grey } from "./figure.js";
import { followDrawing } from "./tab.js";

const ARITHMETIC = 330; // CSS pixels that the arithmetic takes, below the maps
const TITLE = 24;

export function mount({ element, server }) {
  const root = element.querySelector(".tab");
  const { text, fill, number } = createTexts();
  fill(root);
  const canvas = root.querySelector("canvas");
  const layer = root.querySelector('[data-testid="layer"]');
  const map = root.querySelector('[data-testid="map"]');
  /** @type {any} */
  let answer = null;
  let isTapped = false;
  let pixels = "";
  /** @type {any[]} */
  let rows = []; // where each layer's maps are: {y, size, pitch, across, count}

  const figure = createFigure(canvas, (width) => {
    if (!answer) return 0;
    layOut(width);
    return rows.at(-1).bottom + ARITHMETIC + (width < 700 ? 260 : 0);
  }, draw);

  function layOut(width) {
    const zoom = width < 640 ? 1.2 : 1.6; // CSS pixels to a pixel of a map
    let y = 0;
    rows = answer.layers.map(({ shape: [side, , count] }) => {
      const size = side === 1 ? 12 : Math.round(side * zoom);
      const pitch = size + (side === 1 ? 2 : 4);
      const across = Math.max(1, Math.floor(width / pitch));
      const row = { y: y + TITLE, size, pitch, across, count, side };
      y += TITLE + Math.ceil(count / across) * pitch + 10;
      return { ...row, bottom: y };
    });
  }

  function draw(pen, width) {
    if (!answer) return;
    answer.layers.forEach((row, i) => {
      const { y, size, side } = rows[i];
      const [, , count] = row.shape;
      const size3 = `${side} × ${side} × ${count}`;
      pen.text(row.name, 0, y - 7, { weight: 600 });
      const detail = text("feature_maps_detail", {
        size: size3, parameters: number(row.parameters), highest: number(row.highest) });
      const after = Math.max(130, 8.2 * row.name.length + 16);
      pen.text(detail, after, y - 7, { size: 12, colour: pen.subdued, fit: width - after });
      const values = bytesOf(row.maps);
      for (let channel = 0; channel < count; channel++) {
        const one = values.subarray(channel * side * side, (channel + 1) * side * side);
        pen.image(one, side, side, ...placeOf(i, channel), size);
      }
      if (i === Number(layer.value) && row.kind === "Conv2D") {
        const [x, top] = placeOf(i, Number(map.value));
        pen.context.strokeStyle = pen.best;
        pen.context.lineWidth = 3;
        pen.context.strokeRect(x - 2, top - 2, size + 4, size + 4);
      }
    });
    drawArithmetic(pen, rows.at(-1).bottom + 24, width);
  }

  function placeOf(row, channel) {
    const { y, pitch, across } = rows[row];
    return [(channel % across) * pitch + 2, y + Math.floor(channel / across) * pitch];
  }

  function drawArithmetic(pen, y, width) {
    const { unit, layers } = answer;
    const row = layers[Number(layer.value)];
    const name = text("feature_maps_unit", { layer: row.name, map: map.value,
      row: unit.place[0], column: unit.place[1] });
    pen.text(name, 0, y, { weight: 600, size: 15, fit: width });
    drawField(pen, 0, y + 16);
    const isNarrow = width < 700;
    const left = isNarrow ? 0 : 150;
    const top = isNarrow ? y + 170 : y + 16;
    const cell = 34;
    const largest = Math.max(...unit.terms.flatMap(({ kernel }) => kernel.flat().map(Math.abs)), 1e-6);
    const brightest = Math.max(...unit.terms.flatMap(({ patch }) => patch.flat().map(Math.abs)), 1e-6);
    const shown = unit.terms.slice(0, Math.max(1, Math.floor((width - left + 20) / 250)));
    shown.forEach((term, i) => {
      const x = left + i * 250;
      pen.text(text("feature_maps_input", { map: term.channel }), x, top + 10,
        { size: 12, colour: pen.subdued });
      drawGrid(pen, x, top + 18, cell, term.patch, (value) => grey(Math.round((255 * Math.abs(value)) / brightest)));
      pen.text("×", x + 3 * cell + 4, top + 18 + 1.7 * cell, { size: 18 });
      drawGrid(pen, x + 3 * cell + 20, top + 18, cell, term.kernel, (value) => signed(value / largest));
      pen.text(`= ${number(term.sum, 2)}`, x, top + 18 + 3 * cell + 20, { weight: 600 });
    });
    const rest = unit.terms.slice(shown.length).reduce((sum, term) => sum + term.sum, unit.others);
    const words = [
      shown.map((term) => number(term.sum, 2)).join(" + "),
      Math.abs(rest) > 5e-4 ? ` + ${number(rest, 2)} ${text("feature_maps_others")}` : "",
      Math.abs(unit.bias) > 5e-4 ? ` + ${number(unit.bias, 2)} ${text("feature_maps_bias")}` : "",
      ` = ${number(unit.sum, 2)}`,
    ].join("").replaceAll("+ −", "− ");
    let at = top + 18 + 3 * cell + 48;
    if (words.includes(" + ") || words.includes(" − ")) { // of one product the sum is told already
      pen.text(words, left, at, { size: 14, fit: width - left });
    } else {
      at -= 24;
    }
    if (unit.normalised !== null) {
      at += 24;
      pen.text(`→ ${text("feature_maps_normalised")} ${number(unit.normalised, 2)}`, left, at, { size: 14 });
    }
    at += 24;
    pen.text(`→ ReLU: max(0, ${number(unit.normalised ?? unit.sum, 2)}) = ${number(unit.value, 2)}`, left, at,
      { size: 14, weight: 600 });
    signedLegend(pen, left, at + 22, 280, [text("feature_maps_less"), text("feature_maps_more")]);
  }

  /* The part of the drawing that the pixel looks at. */
  function drawField(pen, x, y) {
    const size = 128;
    const scale = size / 28;
    const [top, left, bottom, right] = answer.unit.field;
    pen.image(bytesOf(pixels), 28, 28, x, y, size);
    pen.context.strokeStyle = "#fb923c";
    pen.context.lineWidth = 2;
    pen.context.strokeRect(
      x + left * scale, y + top * scale, (right - left) * scale, (bottom - top) * scale);
  }

  function drawGrid(pen, x, y, cell, values, shade) {
    values.forEach((row, i) => row.forEach((value, j) => {
      const colour = shade(value);
      pen.context.fillStyle = `rgb(${colour.join(" ")})`;
      pen.context.fillRect(x + j * cell, y + i * cell, cell - 1, cell - 1);
      const isBright = 0.3 * colour[0] + 0.6 * colour[1] + 0.1 * colour[2] > 128;
      pen.text(value.toFixed(2), x + (j + 0.5) * cell, y + (i + 0.62) * cell,
        { size: 10.5, align: "center", colour: isBright ? "#000" : "#fff" });
    }));
  }

  function choose(event) {
    if (!answer) return;
    const box = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const row = rows.findIndex((row) => y >= row.y && y < row.bottom);
    if (row < 0 || answer.layers[row].kind !== "Conv2D") return;
    const { pitch, across, count } = rows[row];
    const channel = Math.floor((y - rows[row].y) / pitch) * across + Math.floor(x / pitch);
    if (channel >= count) return;
    layer.value = row;
    map.value = channel;
    isTapped = true;
    follower.changed();
  }

  /* After a tap, when the arithmetic is below the screen's edge: as far as it takes to see it. */
  function showArithmetic() {
    isTapped = false;
    const bottom = canvas.getBoundingClientRect().bottom + 16 - window.innerHeight;
    if (bottom > 0) window.scrollBy({ top: bottom, behavior: "smooth" });
  }

  canvas.addEventListener("click", choose);
  layer.addEventListener("change", () => {
    map.value = 0;
    follower.changed();
  });
  map.addEventListener("change", () => follower.changed());
  saveOnClick(root, canvas, "feature-maps");
  const follower = followDrawing(root, {
    choices() {
      const most = answer ? answer.layers[Number(layer.value)].shape[2] - 1 : 0;
      map.value = Math.min(most, Math.max(0, Math.round(Number(map.value)) || 0));
      return { layer: Number(layer.value) || 0, channel: Number(map.value) };
    },
    ask: ({ drawing, ...unit }) => server.ask({ pixels: drawing.pixels, ...unit }),
    show(next, asked) {
      answer = next;
      ({ pixels } = asked.drawing);
      if (!layer.options.length) {
        answer.layers.forEach(({ name, kind }, i) => {
          if (kind === "Conv2D") layer.append(new Option(name, i));
        });
      }
      map.max = answer.layers[Number(layer.value)].shape[2] - 1;
      figure.redraw();
      if (isTapped) showArithmetic();
    },
    showBlank() {
      answer = null;
      figure.redraw();
    },
  });
}
