/* How it decided: a strip that plays the reading over the drawing's own time.
 *
 * While the pen moves it grows with each answer. When the pen rests, the server reads the drawing
 * again as it was at evenly spaced moments. Dragging goes back in time: ink, verdict and bars.
 */
import { isReading } from "../shared/answers.js";
import { createQuestion } from "../shared/question.js";
import { onRedraw } from "../shared/redraw.js";

const MOMENTS = 32;
const REST = 350; // ms without a change, then the moments are asked for
const TRIES = 4; // others are being told theirs
const MOST_ENTRIES = 256; // while the pen is down; then every second one goes
const LONGEST_LIFT = 250; // ms; longer pauses between strokes are cut to this
const LONGEST_TIMELINE = 6000; // ms; slower drawings are played faster
const SHORTEST_TIMELINE = 600;

/** @typedef {import("../shared/answers.js").Reading} Reading */
/** @typedef {{name: string, from: number, to: number}} Run */
/** @typedef {{count: number, reading: Reading}} Entry what was read of the first `count` points */

/** When each point is reached, in ms from the start, pauses cut. @param {import("../shared/strokes.js").Stroke[]} strokes */
export function timelineTimes(strokes) {
  /** @type {number[]} */
  const times = [];
  let now = 0;
  /** @type {number | null} */
  let before = null;
  for (const stroke of strokes) {
    stroke.times.forEach((time, i) => {
      const step = before === null ? 0 : Math.max(0, time - before);
      now += i === 0 || step > 10 * LONGEST_LIFT ? Math.min(step, LONGEST_LIFT) : step;
      before = time;
      times.push(now);
    });
  }
  return times;
}

/**
 * What was read over the drawing's time: each reading stands for the ink since the one before, so the
 * last one ends where the drawing does. Shares of the whole, 0 to 1.
 * @param {Entry[]} entries @param {(count: number) => number} timeOf @param {number} duration
 */
export function timelineSegments(entries, timeOf, duration) {
  const share = (/** @type {number} */ time) => (duration ? Math.min(1, time / duration) : 1);
  return entries.map(({ count, reading }, i) => ({
    reading,
    name: reading.is_digit ? String(reading.digit) : "?",
    from: i ? share(timeOf(entries[i - 1].count)) : 0,
    to: i + 1 < entries.length ? share(timeOf(count)) : 1,
  }));
}

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
  const find = (/** @type {string} */ name) => element.querySelector(`[data-testid="${name}"]`);
  const strip = /** @type {HTMLCanvasElement} */ (find("timeline"));
  const slider = /** @type {HTMLInputElement} */ (find("scrub"));
  const replay = /** @type {HTMLButtonElement} */ (find("replay"));
  const context = /** @type {CanvasRenderingContext2D} */ (strip.getContext("2d"));
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
    const { width, height } = strip;
    context.clearRect(0, 0, width, height);
    if (!entries.length) return;
    const style = getComputedStyle(strip);
    const x = (/** @type {number} */ time) => (duration() ? (time / duration()) * width : 0);
    const floor = height * 0.64; // below it stand the digits
    const segments = timelineSegments(entries, timeOf, duration());
    /** @type {Run[]} */
    const runs = [];
    let isPale = false; // of two digits, one after the other, the second, to be told apart
    for (const { reading, name, from, to } of segments) {
      const run = runs.at(-1);
      if (run && run.name === name) {
        run.to = to;
      } else {
        isPale = reading.is_digit && run !== undefined && run.name !== "?" && !isPale;
        runs.push({ name, from, to });
      }
      const best = Math.max(...reading.probabilities);
      context.globalAlpha = isPale ? 0.75 : 1;
      context.fillStyle = style.getPropertyValue(reading.is_digit ? "--bar-best" : "--bar-fill");
      const tall = Math.max(2, best * floor);
      const left = Math.min(Math.round(from * width), width - 3); // whole pixels: no seams
      context.fillRect(left, floor - tall, Math.max(Math.round(to * width) - left, 1), tall);
      context.globalAlpha = 1;
    }
    runs.forEach((run, i) => writeDigit(run, i + 1 === runs.length, style, width, height));
    strip.dataset.end = runs.at(-1)?.name ?? "";
    context.fillStyle = style.getPropertyValue("--pad-paper");
    let points = 0;
    for (const stroke of drawing.strokes().slice(0, -1)) { // the pen was lifted
      points += stroke.points.length;
      context.fillRect(Math.round(x(timeOf(points))), 0, 2, floor);
    }
    if (isScrubbing || playing) {
      context.fillStyle = style.color;
      context.fillRect(x(Number(slider.value) * duration()) - 1, 0, 3, floor);
    }
  }

  /** A run's digit under it, where there is room; the last one's in any case.
   * @param {Run} run @param {boolean} isLast @param {CSSStyleDeclaration} style @param {number} width @param {number} height */
  function writeDigit({ name, from, to }, isLast, style, width, height) {
    const size = height * 0.3;
    const isNarrow = (to - from) * width < size * 0.7;
    if (isNarrow && !isLast) return;
    context.font = `600 ${size}px ${style.fontFamily}`;
    context.textAlign = isNarrow ? "right" : "center";
    context.textBaseline = "bottom";
    const at = isNarrow ? width : ((from + to) / 2) * width;
    if (isNarrow) context.clearRect(width - size, height - size, size, size);
    context.fillStyle = style.color;
    context.fillText(name, at, height);
  }

  function show(/** @type {number} */ share) {
    const { count, reading, time } = at(share);
    slider.value = String(share);
    const verdict = !reading ? "" : reading.is_digit ? reading.digit : "?";
    slider.setAttribute(
      "aria-valuetext", text("moment", { seconds: number(time / 1000), verdict }));
    draw();
    if (reading) onMoment(count, reading);
  }

  function toLive() {
    cancelAnimationFrame(playing);
    if (!isScrubbing && !playing) return;
    playing = 0;
    isScrubbing = false;
    slider.value = "1";
    slider.setAttribute("aria-valuetext", text("now"));
    onLive();
    draw();
  }

  function play() {
    if (!entries.length) return;
    const length = Math.min(LONGEST_TIMELINE, Math.max(SHORTEST_TIMELINE, duration()));
    cancelAnimationFrame(playing);
    const started = performance.now();
    const step = (/** @type {number} */ now) => {
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
  slider.setAttribute("aria-valuetext", text("now"));
  new ResizeObserver(fit).observe(strip);
  onRedraw(fit);
  fit();

  return {
    toLive,
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
