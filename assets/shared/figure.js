/* Pictures with axes and legends on one canvas, which can be saved. */
import { bytesOf } from "./answers.js";
import { onRedraw } from "./redraw.js";
import { saveAs } from "./save.js";

export { bytesOf };
export const GAP = 14; // CSS pixels
export const NARROW = 560; // CSS pixels: below this width fewer pictures are side by side
const MIN_FONT = 11; // CSS pixels
const MARGIN = 30; // CSS pixels between a picture and the lower edge of the screen

/* Floats of base64 (little-endian float32) -> numbers. */
export function floatsOf(base64) {
  return new Float32Array(bytesOf(base64).buffer);
}

/* A sharp picture: draw(pen, width, height), in CSS pixels, is called again when size or colours change.
 * heightFor(width, room) is given the height that is left on a screen where the pad is beside the picture.
 */
export function createFigure(canvas, heightFor, draw) {
  function redraw() {
    const width = canvas.clientWidth;
    if (!width) return;
    const { width: seen, top } = canvas.getBoundingClientRect(); // zoomed by a presenter
    const isBeside = getComputedStyle(canvas).getPropertyValue("--stage-height") !== "";
    const room = isBeside ? ((window.innerHeight - MARGIN - top - window.scrollY) * width) / seen : Infinity;
    const height = Math.round(heightFor(width, room));
    const density = ((window.devicePixelRatio || 1) * seen) / width;
    canvas.style.height = `${height}px`;
    const [wide, high] = [Math.round(width * density), Math.round(height * density)];
    if (canvas.width !== wide) canvas.width = wide; // setting even the same size takes new memory
    if (canvas.height !== high) canvas.height = high;
    draw(penFor(canvas, density), width, height);
  }
  new ResizeObserver(redraw).observe(canvas);
  onRedraw(redraw);
  return { redraw };
}

/* Square pictures in rows: where each is, and the height of all. `head` and `foot`: for words above and below each. */
export function rowsOf(count, width, { across = 3, narrow = 2, most = 400, head = 24, foot }) {
  const columns = Math.min(count, width < NARROW ? narrow : across);
  const size = Math.min(most, (width - GAP * (columns - 1)) / columns);
  return {
    height: Math.ceil(count / columns) * (head + size + foot),
    places: Array.from({ length: count }, (_, i) => ({ x: (i % columns) * (size + GAP),
      y: head + Math.floor(i / columns) * (head + size + foot), size })),
  };
}

/* A canvas context with the page's colours and type. */
function penFor(canvas, density) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(name).trim();
  const pen = {
    context,
    ink: style.color,
    subdued: colour("--body-text-color-subdued"),
    line: colour("--border-color-primary"),
    track: colour("--bar-track"),
    best: colour("--bar-best"),
    fill: colour("--bar-fill"),
    paper: colour("--body-background-fill"),
    family: style.fontFamily,
    /**
     * Words wider than `fit` get a smaller font, and narrower letters where that would be too small.
     * @param {string | number} words @param {number} x @param {number} y
     * @param {{size?: number, align?: CanvasTextAlign, colour?: string, weight?: number,
     *   fit?: number}} [style]
     */
    text(words, x, y, { size = 13, align = "left", colour = style.color, weight = 400, fit } = {}) {
      context.font = `${weight} ${size}px ${style.fontFamily}`;
      const tooWide = fit ? context.measureText(String(words)).width / fit : 1;
      if (tooWide > 1) context.font = `${weight} ${Math.max(MIN_FONT, size / tooWide)}px ${style.fontFamily}`;
      context.fillStyle = colour;
      context.textAlign = align;
      context.textBaseline = "alphabetic";
      context.fillText(String(words), x, y, fit);
    },
    /* Words in lines no longer than `width`; returns the y below the last line. */
    paragraph(words, x, y, width, style = {}) {
      const { size = 13, weight = 400 } = style;
      context.font = `${weight} ${size}px ${pen.family}`;
      const isWide = (/** @type {string} */ line) => context.measureText(line).width > width;
      /** @type {string[]} */
      const lines = [];
      for (const word of words.split(" ")) {
        const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
        if (!lines.length || isWide(longer)) lines.push(word);
        else lines[lines.length - 1] = longer;
      }
      lines.forEach((line, i) => pen.text(line, x, y + 1.35 * size * i, { ...style, fit: width }));
      return y + 1.35 * size * lines.length;
    },
    /* Values as an image of `columns` by `rows`, as large as `width`; `shade` makes [r, g, b]. */
    image(values, columns, rows, x, y, width, shade = grey) {
      const small = new OffscreenCanvas(columns, rows);
      paint(small, values, shade);
      context.imageSmoothingEnabled = false;
      context.drawImage(small, x, y, width, (width * rows) / columns);
      context.strokeStyle = pen.line;
      context.lineWidth = 1;
      context.strokeRect(x - 0.5, y - 0.5, width + 1, (width * rows) / columns + 1);
    },
  };
  return pen;
}

export const grey = (value) => [value, value, value];

/* Values as the pixels of a canvas, row by row. */
export function paint(canvas, values, shade = grey) {
  const image = new ImageData(canvas.width, canvas.height);
  for (let i = 0; i < canvas.width * canvas.height; i++) image.data.set([...shade(values[i]), 255], 4 * i);
  canvas.getContext("2d").putImageData(image, 0, 0);
}

/* A square picture as a canvas of its own, which a style enlarges. */
export function thumbnail(values, side = 28, shade = grey) {
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  paint(canvas, values, shade);
  return canvas;
}

/* From blue over black to orange, for -1 to 1. */
export function signed(value) {
  const share = Math.min(1, Math.abs(value));
  return value > 0
    ? [Math.round(253 * share), Math.round(140 * share), Math.round(50 * share)]
    : [Math.round(70 * share), Math.round(150 * share), Math.round(255 * share)];
}

/* A legend for `signed`. */
export function signedLegend(pen, x, y, width, [low, high]) {
  const ramp = pen.context.createLinearGradient(x, y, x + width, y);
  for (const value of [-1, 0, 1]) ramp.addColorStop((value + 1) / 2, `rgb(${signed(value).join(" ")})`);
  pen.context.fillStyle = ramp;
  pen.context.fillRect(x, y, width, 10);
  pen.text(low, x, y + 24, { size: 12, colour: pen.subdued });
  pen.text(high, x + width, y + 24, { size: 12, colour: pen.subdued, align: "right" });
}

/* Axes around a box; returns functions from values to places. A scale, such as Math.log, is applied to values. */
export function axes(pen, box, { x: [x0, x1], y: [y0, y1], xTicks, yTicks, xLabel, yLabel, number,
  xScale = same, yScale = same }) {
  const { context } = pen;
  const share = (value, low, high, scale) => (
    (scale(value) - scale(low)) / (scale(high) - scale(low)));
  const px = (value) => box.x + share(value, x0, x1, xScale) * box.width;
  const py = (value) => box.y + box.height - share(value, y0, y1, yScale) * box.height;
  context.strokeStyle = pen.line;
  context.lineWidth = 1;
  for (const tick of yTicks) {
    context.beginPath();
    context.moveTo(box.x, Math.round(py(tick)) + 0.5);
    context.lineTo(box.x + box.width, Math.round(py(tick)) + 0.5);
    context.stroke();
    pen.text(number(tick), box.x - 6, py(tick) + 4,
      { size: 12, align: "right", colour: pen.subdued });
  }
  for (const tick of xTicks) {
    pen.text(number(tick), px(tick), box.y + box.height + 17,
      { size: 12, align: "center", colour: pen.subdued });
  }
  pen.text(xLabel, box.x + box.width / 2, box.y + box.height + 35,
    { size: 12, align: "center", colour: pen.subdued });
  textUpwards(pen, yLabel, box.x - 42, box.y + box.height / 2);
  return { px, py };
}

/* A vertical axis' label, its middle at x, y. */
export function textUpwards(pen, words, x, y) {
  pen.context.save();
  pen.context.translate(x, y);
  pen.context.rotate(-Math.PI / 2);
  pen.text(words, 0, 0, { size: 12, align: "center", colour: pen.subdued });
  pen.context.restore();
}

/** @param {number} value */
const same = (value) => value;

/* About `most` round numbers from low to high. */
export function roundTicks(low, high, most = 6) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? power;
  const ticks = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step / 1e6; tick += step) {
    ticks.push(Math.abs(tick) < step / 1e6 ? 0 : tick);
  }
  return ticks;
}

export function line(pen, points, colour, width = 2, dash = []) {
  const { context } = pen;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.setLineDash(dash);
  context.beginPath();
  points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.stroke();
  context.setLineDash([]);
}

/* Saves a picture, on the page's background. */
export function savePicture(canvas, name) {
  const whole = document.createElement("canvas");
  whole.width = canvas.width;
  whole.height = canvas.height;
  const context = /** @type {CanvasRenderingContext2D} */ (whole.getContext("2d"));
  context.fillStyle = getComputedStyle(canvas).getPropertyValue("--body-background-fill");
  context.fillRect(0, 0, whole.width, whole.height);
  context.drawImage(canvas, 0, 0);
  whole.toBlob((blob) => blob && saveAs(`${name}.png`, blob));
}
