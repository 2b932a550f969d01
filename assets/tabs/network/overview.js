/* The whole network in one frame, flat or in space: the ink, the maps of each layer that matter most, ten digits. */
import { askNetwork } from "./ask_network.js";
import { layOut, roomFor } from "./layout.js";
import { linesInto } from "./lines.js";
import { createMotions } from "./motions.js";
import { boxOf, keepPictures, pictureOf } from "./pictures.js";
import { drawNetwork } from "./scene.js";

const MAPS_IN_SPACE = 12; // of each layer
const WAVE_DURATION = 1500; // ms, from the ink to the digit
const WAVE_DELAY = 250; // ms without a new answer: a wave in mid-stroke would hold up the bars
const OPENING_DURATION = 1400; // ms, from the side to the first view in space

/** @typedef {import("./ask_network.js").Answer} Answer */

/**
 * The view of the whole network. It owns the answer, the digit that is followed and the place that is pointed at.
 * @param {import("./view.js").Tab} tab
 * @returns {import("./view.js").View}
 */
export function createOverview(tab) {
  const { text, number, nameOf, mapOf, sizeOf, sentenceOf } = tab.words;
  const motions = createMotions(paint);
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
  let waveTimer = 0;
  /** @type {ReturnType<typeof import("./space.js").createSpace> | null} */
  let space = null; // loaded when it is asked for
  let isInSpace = false;

  let isFrame = false; // of a motion: the buttons stay where they are

  const reading = () => drawing?.reading ?? null;

  function paint(/** @type {boolean} */ isLast) {
    isFrame = !isLast;
    tab.paint();
    isFrame = false;
  }

  function endWave() {
    clearTimeout(waveTimer);
    motions.stop("wave");
  }

  const inSpace = () => (isInSpace ? space : null);
  const layoutAt = (width, height) => (inSpace()
    ?.layOut(answer.head.layers, width, height, 1 - (1 - motions.passed("opening")) ** 3)
    ?? layOut(width, height, answer?.head.layers));

  async function toggleSpace() {
    const { createSpace } = await import("./space.js");
    space ??= createSpace(tab.frame, paint, text("network_turn"));
    isInSpace = !isInSpace;
    motions.stop();
    space.show(isInSpace);
    if (isInSpace) motions.start("opening", OPENING_DURATION);
  }

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
      endWave();
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
      endWave();
      motions.stop();
      space?.show(false);
      pointed = null;
    },
    rest() {
      if (!answer || !reading() || drawing === waved) return;
      clearTimeout(waveTimer);
      waveTimer = window.setTimeout(() => {
        waved = drawing;
        motions.start("wave", WAVE_DURATION);
      }, WAVE_DELAY);
    },
    hasInk: () => reading() !== null,
    facts: () => ({ digit: answer && reading() ? answer.head.digit : "" }),
    button: () => ({ name: "space", words: text(isInSpace ? "network_flat" : "network_space"), press: toggleSpace }),
    isInSpace: () => isInSpace,
    heightAt: (width) => (isInSpace ? 0.85 * width : answer ? layoutAt(width, 0).height : 300),
    draw(pen, width, height) {
      takeCount(width, height);
      if (!answer) return null;
      const layout = layoutAt(width, height);
      drawNetwork({ ...pen, ...inSpace()?.colours }, layout, { head: answer.head, reading: reading(), nameOf,
        pictures: picturesFor(answer, pen.isDark || isInSpace), wave: motions.passed("wave"),
        pointed: /** @type {any} */ (pointed?.place === undefined ? null : pointed) });
      return isFrame ? null : [...spotsOf(layout), ...(inSpace()?.spots(width, height) ?? [])];
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

/** The answer's maps as pictures, and its lines. @param {Answer} answer @param {boolean} isDark */
export function picturesOf({ head, bytes }, isDark) {
  let at = 784;
  const ink = pictureOf(bytes.subarray(0, 784), 28, false, isDark);
  const layers = head.layers.map(({ shape: [side], shown, isSigned }) => {
    const length = side * side * shown.length;
    const picture = pictureOf(bytes.subarray(at, at + length), side, isSigned, isDark);
    at += length;
    return picture;
  });
  return { ink, layers, lines: head.layers.map((_, index) => linesInto(head, index)) };
}
