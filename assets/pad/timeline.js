/* How it decided: a strip that plays the reading over the drawing's own time.
 *
 * While the pen moves it grows with each answer. When the pen rests, the server reads the drawing
 * again as it was at evenly spaced moments. Dragging goes back in time: ink, verdict and bars.
 */
import { isReading, verdictOf } from "../shared/answers.js";
import { partsOf } from "../shared/parts.js";
import { createQuestion } from "../shared/question.js";
import { onRedraw } from "../shared/redraw.js";
import { drawStrip, timelineTimes } from "./strip.js";

const MOMENTS = 32;
const REST = 350; // ms without a change, then the moments are asked for
const TRIES = 4; // others are being told theirs
const MOST_ENTRIES = 256; // while the pen is down; then every second one goes
const LONGEST_TIMELINE = 6000; // ms; slower drawings are played faster
const SHORTEST_TIMELINE = 600;

/** @typedef {import("./strip.js").Entry} Entry */
/** @typedef {import("../shared/answers.js").Reading} Reading */

/**
 * @param {HTMLElement} element the sketchpad
 * @param {import("./drawing.js").Drawing} drawing
 * @param {ReturnType<typeof import("../shared/texts.js").createTexts>} texts
 * @param {object} options
 * @param {(counts: number[]) => Promise<unknown>} options.read readings of the first so many points
 * @param {(count: number, reading: Reading) => void} options.onMoment show this
 * @param {() => void} options.onLive show the drawing as it is
 * @param {() => boolean} options.mayAsk the pen rests, and what it drew was read
 */
export function createTimeline(element, drawing, { text, number }, { read, onMoment, onLive, mayAsk }) {
  const [strip, slider, replay] = ["timeline", "scrub", "replay"].map(partsOf(element));
  /** @type {CanvasRenderingContext2D} */
  const context = strip.getContext("2d");
  /** @type {Entry[]} */
  let entries = []; // in order
  /** @type {number[]} */
  let times = []; // of each point
  let version = 0; // of the drawing
  /** @type {number[]} */
  let counts = []; // of points, at the moments that were asked for last
  let playing = 0; // the animation frame
  let isScrubbing = false;
  let frame = 0;

  function drawSoon() {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      times = timelineTimes(drawing.strokes());
      draw();
    });
  }

  const duration = () => times.at(-1) ?? 0;
  const timeOf = (/** @type {number} */ count) => times[count - 1] ?? 0;

  function at(/** @type {number} */ share) {
    const time = share * duration();
    const entry = entries.find(({ count }) => timeOf(count) >= time - 0.5) ?? entries.at(-1);
    const count = Math.max(1, times.findLastIndex((one) => one <= time + 0.5) + 1);
    return { count, reading: entry?.reading, time };
  }

  function fit() {
    const density = window.devicePixelRatio || 1;
    strip.width = Math.round(strip.clientWidth * density);
    strip.height = Math.round(strip.clientHeight * density);
    draw();
  }

  function draw() {
    const now = isScrubbing || playing ? Number(slider.value) : null;
    strip.dataset.end = drawStrip(context, drawing.strokes(), entries, getComputedStyle(strip), now);
  }

  function show(/** @type {number} */ share) {
    const { count, reading, time } = at(share);
    slider.value = String(share);
    slider.ariaValueText = text("moment", { seconds: number(time / 1000), verdict: verdictOf(reading) });
    draw();
    if (reading) onMoment(count, reading);
  }

  function toLive() {
    cancelAnimationFrame(playing);
    if (!isScrubbing && !playing) return;
    playing = 0;
    isScrubbing = false;
    slider.value = "1";
    slider.ariaValueText = text("now");
    onLive();
    draw();
  }

  function play() {
    if (!entries.length) return;
    const length = Math.min(LONGEST_TIMELINE, Math.max(SHORTEST_TIMELINE, duration()));
    cancelAnimationFrame(playing);
    let started = 0; // when the first frame is shown
    const step = (/** @type {number} */ now) => {
      started ||= now;
      const share = Math.min(1, Math.max(0, (now - started) / length));
      if (share < 1) {
        playing = requestAnimationFrame(step);
        show(share);
      } else {
        toLive();
      }
    };
    playing = requestAnimationFrame(step);
  }

  /** @param {import("../shared/strokes.js").Stroke[]} strokes */
  function momentsOf(strokes) {
    times = timelineTimes(strokes);
    const steps = Array.from({ length: MOMENTS }, (_, i) => ((i + 1) / MOMENTS) * duration());
    const reached = steps.map((step) => times.findLastIndex((time) => time <= step + 0.01) + 1);
    reached[MOMENTS - 1] = times.length;
    return [...new Set(reached)];
  }

  /** @type {ReturnType<typeof createQuestion<{version: number}, Reading[]>>} */
  const question = createQuestion({
    subject: () => (drawing.strokes().length ? { version } : null),
    ask() {
      counts = momentsOf(drawing.strokes());
      return read(counts);
    },
    isValid: (readings) => Array.isArray(readings) && readings.length === counts.length
      && readings.every((reading) => isReading(reading) && reading.digit !== null),
    show(readings) {
      entries = counts.map((count, i) => ({ count, reading: readings[i] }));
      draw();
    },
    mayAsk,
    rest: REST,
    tries: TRIES,
    onState({ name }) { // whatever it is, what was read while the pen moved stays
      strip.dataset.state = name;
    },
  });

  slider.addEventListener("input", () => {
    if (!entries.length) return;
    const share = Number(slider.value);
    if (share === 1) {
      toLive();
      return;
    }
    cancelAnimationFrame(playing);
    playing = 0;
    isScrubbing = true;
    show(share);
  });
  replay.addEventListener("click", play);
  slider.ariaValueText = text("now");
  new ResizeObserver(fit).observe(strip);
  onRedraw(fit);
  fit();

  return {
    toLive,
    entries: () => entries,
    /* The pen may rest now, or what it drew has been read. */
    rested: question.changed,
    /** The drawing has changed. @param {boolean} isLonger there is only more of it */
    changed(isLonger) {
      version += 1;
      toLive();
      const isEmpty = !drawing.strokes().length; // a picture has none either
      if (isEmpty || !isLonger) entries = [];
      slider.disabled = replay.disabled = isEmpty;
      question.changed();
      drawSoon();
    },
    /** What was read of the first `count` points while the pen was moving. @param {number} count @param {Reading} reading */
    add(count, reading) {
      if (!count || count > drawing.count()) return; // of a picture there is nothing to tell
      if (entries.length > MOST_ENTRIES) entries = entries.filter((_, i) => i % 2 === 0);
      while (entries.length && entries[entries.length - 1].count >= count) entries.pop();
      entries.push({ count, reading });
      drawSoon();
    },
  };
}
