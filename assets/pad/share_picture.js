/* A drawing as a picture to send: its ink, what the network reads, and how the reading went. */
import { verdictOf } from "../shared/answers.js";
import { PAD_UNITS } from "../shared/strokes.js";
import { firstPoints } from "./drawing.js";
import { inkShare, traceLine } from "./renderer.js";
import { drawStrip, timelineTimes } from "./strip.js";

export const [WIDTH, HEIGHT] = [1200, 630];
const MARGIN = 40;
const PAD = HEIGHT - 2 * MARGIN;
const LEFT = 2 * MARGIN + PAD; // of what stands beside the pad
const ROOM = WIDTH - LEFT - MARGIN;
const STRIP = { top: 446, height: 96 };

/** @typedef {import("../shared/answers.js").Reading} Reading */
/**
 * @typedef {object} Facts
 * @property {import("../shared/strokes.js").Stroke[]} strokes
 * @property {number} brush
 * @property {Reading | null} reading of the whole drawing
 * @property {import("./strip.js").Entry[]} entries what was read of its beginnings
 * @property {string} title @property {string} sentence @property {string} address
 * @property {boolean} isChallenge whether the sentence is a challenge
 * @property {CSSStyleDeclaration} style the page's colours and font
 */

/** Paints any moment of the drawing. @param {Facts} facts */
export function createPainter({ strokes, brush, reading, entries, title, sentence, address, isChallenge, style }) {
  const times = timelineTimes(strokes);
  const duration = times.at(-1) ?? 0;
  const inkWidth = brush * inkShare(strokes);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name);
  const strip = document.createElement("canvas");
  [strip.width, strip.height] = [ROOM, STRIP.height];
  drawStrip(/** @type {CanvasRenderingContext2D} */ (strip.getContext("2d")), strokes, entries, style);

  /** Words that fit into their room. @param {CanvasRenderingContext2D} context @param {string} words
   * @param {number} y @param {number} size @param {string} fill @param {number} weight */
  function write(context, words, y, size, fill, weight) {
    context.font = `${weight} ${size}px ${style.fontFamily}`;
    const fitting = Math.min(size, (size * ROOM) / context.measureText(words).width);
    context.font = `${weight} ${fitting}px ${style.fontFamily}`;
    context.fillStyle = colour(fill);
    context.fillText(words, LEFT, y - (size - fitting) / 4);
  }

  return {
    duration,
    /** @param {CanvasRenderingContext2D} context @param {number} share of the drawing's time */
    paint(context, share = 1) {
      const isWhole = share >= 1;
      const time = share * duration;
      const shown = isWhole ? reading : entries.find(({ count }) => times[count - 1] >= time)?.reading;
      context.fillStyle = colour("--body-background-fill");
      context.fillRect(0, 0, WIDTH, HEIGHT);
      context.save();
      context.translate(MARGIN, MARGIN);
      context.save();
      context.fillStyle = colour("--pad-paper");
      [context.shadowColor, context.shadowBlur, context.shadowOffsetY] = ["rgb(20 15 5 / 0.3)", 28, 10];
      context.beginPath();
      context.roundRect(0, 0, PAD, PAD, 30);
      context.fill();
      context.restore();
      context.strokeStyle = colour("--pad-ink");
      const count = isWhole ? Infinity : times.findLastIndex((one) => one <= time) + 1;
      for (const { points } of firstPoints(strokes, count)) traceLine(context, points, inkWidth, PAD / PAD_UNITS);
      context.restore();
      write(context, title, MARGIN + 30, 34, "--body-text-color", 750);
      write(context, shown?.number?.text.replaceAll("\n", " ") ?? verdictOf(shown), 350, 310, "--body-text-color", 700);
      if (isWhole) write(context, sentence, 412, 34, isChallenge ? "--bar-best" : "--body-text-color-subdued", isChallenge ? 700 : 500);
      context.fillStyle = colour("--bar-track");
      context.fillRect(LEFT, STRIP.top, ROOM, 0.64 * STRIP.height);
      const width = Math.max(1, Math.min(share, 1) * ROOM);
      context.drawImage(strip, 0, 0, width, STRIP.height, LEFT, STRIP.top, width, STRIP.height);
      write(context, address, HEIGHT - MARGIN - 4, 26, "--body-text-color-subdued", 600);
    },
  };
}
