/* The whole network in one frame: the ink, the maps of each layer that matter most, ten digits, and the lines. */
import { askNetwork } from "./ask_network.js";
import { signColour } from "./colours.js";
import { isAttached, layOut, roomFor } from "./layout.js";
import { curveOf, linesInto, touches } from "./lines.js";
import { boxOf, frame, keepPictures, pictureOf } from "./pictures.js";
import { createWave } from "./wave.js";

const MAPS_IN_SPACE = 8; // of each layer
const FADED = 0.13; // of its opacity is left to a line that does not touch the map pointed at

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./ask_network.js").Answer} Answer */

/**
 * The view of the whole network. It owns the answer, the digit that is followed and the place that is pointed at.
 * @param {import("./view.js").Tab} tab
 * @returns {import("./view.js").View}
 */
export function createOverview(tab) {
  const { text, number, nameOf, mapOf, sizeOf, sentenceOf } = tab.words;
  const wave = createWave(tab.wave);
  const picturesFor = keepPictures(picturesOf);
  /** @type {any} an `Answer` */
  let answer = null;
  /** @type {import("./view.js").Drawing | null} */
  let drawing = null; // that the answer is about
  /** @type {number | null} */
  let digit = null; // whose score is followed; null: the most probable
  let count = 8; // maps of a layer
  /** @type {number[][] | undefined} */
  let shown; // maps by layer, which the next answer keeps in their places
  /** @type {{layer: number, place?: number} | null} */
  let pointed = null;
  /** @type {unknown} */
  let waved = null; // the drawing for which beads have run
  /** @type {ReturnType<typeof import("./space.js").createSpace> | null} */
  let space = null; // loaded when it is asked for
  let isInSpace = false;

  const reading = () => drawing?.reading ?? null;
  const layoutAt = (width, height) => layOut(width, height, answer?.head.layers);

  function takeCount(width, height) {
    const room = isInSpace ? MAPS_IN_SPACE : roomFor(width, height);
    if (room === count) return;
    count = room;
    queueMicrotask(tab.changed);
  }

  function spotsOf({ ink, layers: places, outputs, isBackwards = false }) {
    const { layers } = answer.head;
    const last = layers.length - 1;
    const spots = [
      ...places.flatMap(({ tiles, title }, layer) => [
        ...(title ? [{ key: `${layer}/all`, box: title, look: "name", data: { all: layer }, about: { layer },
          label: text("network_all", { layer: nameOf(layers[layer], true) }), press: () => tab.openLayer(layer) }] : []),
        ...tiles.map((tile, place) => {
          const channel = layers[layer].shown[place];
          return { key: `${layer}/${place}`, box: boxOf(tile, 24), label: mapOf(layers[layer], channel),
            data: { layer, place, channel }, about: { layer, place }, press: () => tab.openMap(layer, channel) };
        }),
      ]),
      ...outputs.map((tile, place) => ({
        key: `${last}/${place}`, box: boxOf(tile), label: text("network_output", { digit: place }),
        data: { layer: last, place }, about: { layer: last, place },
        press() {
          digit = digit === place ? null : place;
          tab.changed();
        } })),
    ];
    if (isBackwards) spots.reverse(); // later buttons lie on top
    return [{ key: "ink", box: boxOf(ink), label: text("network_ink"), about: { layer: -1, place: 0 } }, ...spots];
  }

  return {
    name: "network",
    question: () => ({ digit, count }),
    ask: (pixels, asked) => askNetwork({ pixels, ...asked, shown }),
    take(next, of) {
      if (drawing !== of) wave.stop();
      [answer, drawing] = [next, of];
      shown = next.head.layers.map((layer, i, { length }) => (i === length - 1 ? [] : layer.shown));
    },
    forget() {
      shown = undefined;
    },
    restart() {
      digit = null;
    },
    enter: () => space?.show(isInSpace),
    leave() {
      wave.stop();
      space?.show(false);
      pointed = null;
    },
    rest() {
      if (!answer || !reading() || drawing === waved) return;
      waved = drawing;
      if (isInSpace) return space?.pulse();
      const layout = layoutAt(...tab.size());
      wave.run(answer.head, (index, line) => curveOf(layout, index, line));
    },
    hasInk: () => reading() !== null,
    facts: () => ({ digit: answer && reading() ? answer.head.digit : "" }),
    async toggleSpace() {
      space ??= (await import("./space.js")).createSpace(tab);
      isInSpace = !isInSpace;
      wave.stop();
      space.show(isInSpace);
      tab.redraw();
    },
    isInSpace: () => isInSpace,
    heightAt: (width) => (isInSpace ? 0.85 * width : answer ? layoutAt(width, 0).height : 300),
    draw(pen, width, height) {
      takeCount(width, height);
      if (!answer) return null;
      const shown = { head: answer.head, pictures: picturesFor(answer, pen.isDark || isInSpace), reading: reading(),
        pointed: pointed?.place === undefined ? null : pointed, nameOf };
      if (space && isInSpace) return spotsOf(space.draw(pen, width, height, shown));
      const layout = layoutAt(width, height);
      drawNetwork(pen, layout, shown);
      return spotsOf(layout);
    },
    heading() {
      const read = reading();
      if (!read || !answer) return text("network_at_rest");
      const { digit: followed, logits } = answer.head;
      if (followed === read.digit && !read.is_digit) return text("network_heading_none", { digit: followed });
      return text(followed === read.digit ? "network_heading" : "network_heading_other",
        { digit: followed, score: number(logits[followed], 2) });
    },
    sentence() {
      if (!answer) return "";
      if (!reading()) return text("network_blank");
      if (!pointed || pointed.layer < 0) return text("network_told", { digit: answer.head.digit });
      if (pointed.place === undefined) return `${sizeOf(answer.head.layers[pointed.layer])} ${text("network_layer_open")}`;
      return sentenceOf(answer.head, pointed.layer, pointed.place);
    },
    point(about) {
      pointed = about;
      tab.redraw();
    },
    keyOf: ({ layer, channel }) => `${layer}/${answer?.head.layers[layer].shown.indexOf(channel)}`,
    layers: () => answer?.head.layers,
  };
}

/** The answer's maps as pictures. @param {Answer} answer @param {boolean} isDark */
export function picturesOf({ head, bytes }, isDark) {
  let at = 784;
  const ink = pictureOf(bytes.subarray(0, 784), 28, false, isDark);
  const layers = head.layers.map(({ shape: [side], shown, isSigned }) => {
    const length = side * side * shown.length;
    const picture = pictureOf(bytes.subarray(at, at + length), side, isSigned, isDark);
    at += length;
    return picture;
  });
  return { ink, layers };
}

/**
 * @param {any} pen of figure.js @param {Layout} layout
 * @param {{head: any, pictures: ReturnType<typeof picturesOf>, reading: import("../../shared/answers.js").Reading | null,
 *   pointed: any, nameOf: (layer: any) => string}} shown without a reading only the outline is drawn
 */
function drawNetwork(pen, layout, shown) {
  const { head, pictures, reading, pointed } = shown;
  const { context } = pen;
  if (reading) drawLines(pen, layout, shown);
  else drawMesh(pen, layout, head);
  frame(pen, layout.ink);
  if (reading) pictures.ink.draw(context, 0, layout.ink);
  layout.layers.forEach(({ tiles, title }, index) => {
    const layer = head.layers[index];
    const most = Math.max(1e-9, ...layer.contributions.map(Math.abs));
    tiles.forEach((tile, place) => {
      if (isAttached(layer)) link(pen, layout, layout.layers[index - 1].tiles[place], tile);
      frame(pen, tile, pointed?.layer === index && pointed.place === place);
      if (!reading) return;
      pictures.layers[index].draw(context, place, tile);
      if (!isAttached(layer)) label(pen, tile, layer.shown[place], layer.contributions[place] / most);
    });
    if (title) name(pen, layout, title, shown.nameOf(layer), isAttached(layer));
  });
  drawOutputs(pen, layout, shown);
}

function drawLines(pen, layout, { head, pointed }) {
  const { context } = pen;
  const last = head.layers.length - 1;
  const thickest = Math.max(2, Math.min(4.5, layout.ink.size / 24));
  context.lineCap = "round";
  head.layers.forEach((_, index) => {
    const lines = linesInto(head, index);
    const own = pointed ? lines.filter((line) => touches(head, pointed, index, line)) : lines;
    const most = Math.max(1e-9, ...own.map(({ share }) => share)); // a map's own lines are drawn as strong as can be
    for (const line of pointed ? [...lines.filter((one) => !own.includes(one)), ...own] : lines) {
      const isOwn = !pointed || own.includes(line);
      const share = pointed && isOwn ? line.share / most : line.share;
      const isOther = index === last && line.to !== head.digit && !pointed;
      context.lineWidth = 0.6 + thickest * share;
      context.strokeStyle = signColour(line.value, (isOther ? 0.3 : 1) * (isOwn ? 1 : FADED) * (0.12 + 0.78 * share ** 0.8));
      curve(context, curveOf(layout, index, line));
    }
  });
}

/* The network at rest: from every map a thin line to every next map. */
function drawMesh({ context, line }, layout, { layers }) {
  context.lineWidth = 0.5;
  context.strokeStyle = line;
  layers.forEach(({ shown, incoming }, index) => {
    incoming?.forEach((_, from) => shown.forEach((__, to) => curve(context, curveOf(layout, index, { from, to }))));
  });
}

/** @param {CanvasRenderingContext2D} context @param {number[][]} points */
function curve(context, [[x0, y0], [x1, y1], [x2, y2], [x3, y3]]) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x1, y1, x2, y2, x3, y3);
  context.stroke();
}

function link({ context, line }, { isDown }, from, to) {
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(from.x + from.size / (isDown ? 2 : 1), from.y + from.size / (isDown ? 1 : 2));
  context.lineTo(to.x + (isDown ? to.size / 2 : 0), to.y + (isDown ? 0 : to.size / 2));
  context.stroke();
}

/* A map's number, and what the map adds to the score or takes from it, beside the others of its layer. */
function label(pen, { x, y, size }, channel, share) {
  pen.text(channel, x, y + size + 12, { size: 11, colour: pen.subdued });
  const left = x + 22;
  pen.context.fillStyle = signColour(share);
  pen.context.fillRect(left, y + size + 7, Math.max(1, (x + size - left) * Math.abs(share)), 3);
}

function name(pen, { isDown }, { x, y, width, height }, words, isAttached) {
  if (isDown) {
    pen.context.fillStyle = pen.ground; // lines pass behind
    pen.context.globalAlpha = 0.8;
    pen.context.fillRect(x - 4, y + 3, width, height - 4);
    pen.context.globalAlpha = 1;
    pen.text(words, x, y + height - 6, { size: 13, weight: 600, fit: width - 8 });
  } else {
    pen.text(words, x + width / 2, y + height - 6, isAttached
      ? { size: 11, align: "center", colour: pen.subdued, fit: width }
      : { size: 12.5, weight: 600, align: "center", fit: width - 5 });
  }
}

/* Ten digits; the more probable, the fuller its disc. */
function drawOutputs(pen, { outputs }, { head, reading, pointed }) {
  const { context } = pen;
  outputs.forEach(({ x, y, size }, digit) => {
    const isRead = reading?.is_digit && reading.digit === digit;
    const isFollowed = reading && head.digit === digit;
    const isPointed = pointed?.layer === head.layers.length - 1 && pointed.place === digit;
    context.beginPath();
    context.arc(x + size / 2, y + size / 2, size / 2 - 1, 0, 2 * Math.PI);
    context.fillStyle = isRead ? pen.best : pen.paper;
    context.fill();
    context.lineWidth = isFollowed || isPointed ? 2 : 1;
    context.strokeStyle = isFollowed || isPointed ? pen.ink : pen.line;
    context.stroke();
    pen.text(digit, x + size / 2, y + size / 2 + size * 0.19, { size: size * 0.54, align: "center",
      weight: isRead ? 700 : 500, colour: isRead ? pen.ground : isFollowed || isPointed ? pen.ink : pen.subdued });
  });
}
