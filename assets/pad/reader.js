/* Reads the pad: asks the server while the pen moves, and shows the answer in the verdict, the bars, the number
 * over its ink and the strip. All of the page that is about the drawing learns here what was read.
 */
import { isReading } from "../shared/answers.js";
import { setCurrentDrawing } from "../shared/current_drawing.js";
import { onOtherNetwork, otherNetwork } from "../shared/other_network.js";
import { heard, post } from "../shared/post.js";
import { createQuestion } from "../shared/question.js";
import { PAD_UNITS } from "../shared/strokes.js";
import { firstPoints } from "./drawing.js";
import { createNumber } from "./number.js";
import { readByOther } from "./other_reading.js";
import { placeOn } from "./picture.js";
import { createReading } from "./reading.js";
import { createTimeline } from "./timeline.js";

const ASK_EVERY = 1000 / 30; // ms: smooth to the eye, and a class asks no more than it sees
const ASK_EXAMPLES_EVERY = 90; // ms: nobody's pen waits for an example that nobody has chosen

/**
 * @typedef {import("../shared/answers.js").Reading} Reading
 * @typedef {import("../shared/strokes.js").Point} Point
 * @typedef {{read_picture(png: string): Promise<unknown>,
 *   read_moments(question: {strokes: Point[][], counts: number[]}): Promise<unknown>}} Server
 */

/** Reads strokes by a route of its own (demo/server/read_route.py). @param {Point[][]} strokes @returns {Promise<unknown>} */
const readStrokes = async (strokes) => (await post("read", strokes)).json();

/**
 * Reads a picture; the boxes of a number's digits are in pad units.
 * @param {Server} server @param {import("./drawing.js").Picture} picture @returns {Promise<unknown>}
 */
async function readPicture(server, { png, bitmap }) {
  const answer = await heard(server.read_picture(png));
  if (!isReading(answer) || !answer.number) return answer;
  const [left, top, width] = placeOn(PAD_UNITS, bitmap);
  const scale = width / bitmap.width;
  const digits = answer.number.digits.map((digit) => ({
    ...digit,
    box: digit.box.map((side, i) => (i % 2 ? top : left) + scale * side),
  }));
  return { ...answer, number: { ...answer.number, digits } };
}

/**
 * @param {HTMLElement} sketchpad
 * @param {import("./drawing.js").Drawing} drawing
 * @param {import("./renderer.js").Renderer} renderer
 * @param {ReturnType<typeof import("../shared/texts.js").createTexts>} texts
 * @param {object} options
 * @param {Server} options.server
 * @param {ReturnType<typeof import("./player.js").createPlayer>} options.player
 * @param {() => boolean} options.isPenDown
 * @param {(sentence: string) => void} options.say
 * @param {() => void} options.onRead another drawing, or digit of a number, was read, or none any more
 */
export function createReader(sketchpad, drawing, renderer, texts, { server, player, isPenDown, say, onRead }) {
  const { text } = texts;
  const reading = createReading(sketchpad, texts);
  const number = createNumber(sketchpad, texts, showChosen);
  let sheet = 0; // counts the times ink was taken away: what was read before is out of date
  let isPast = false; // the reading of an earlier moment is shown
  let isUnread = false; // the server is slow, lost, or refuses the drawing: the notice says so
  /** @type {{reading: Reading, strokes: Point[][]} | null} */
  let latest = null; // of what is on the pad now; null until it is read

  /** @type {ReturnType<typeof createQuestion<{sheet: number, count: number}, Reading>>} */
  const question = createQuestion({
    subject: () => (drawing.isBlank() ? null : { sheet, count: drawing.count() }),
    async ask() {
      const picture = drawing.picture();
      const strokes = drawing.points();
      const answer = await (picture ? readPicture(server, picture) : readStrokes(strokes));
      return isReading(answer) ? { ...answer, other: await readByOther(answer, strokes) } : answer;
    },
    show: showAnswer,
    // Random: else, once the server has paused, the pads of a class ask at the same moment for ever.
    every: () => (player.isLiving() ? ASK_EXAMPLES_EVERY : ASK_EVERY * (0.9 + 0.2 * Math.random())),
    isValid: isReading,
    isStillAbout: (asked, now) => asked.sheet === now.sheet,
    look: () => (document.hidden ? null : readStrokes([])), // a blank one asks: are you there?
    onState({ name, sentence }) {
      const isLost = name === "lost" || name === "slow";
      if (name === "lost" || name === "busy") player.endLife(); // others need the server more
      const words = isLost ? text(drawing.isBlank() ? "lost_blank" : "lost")
        : name === "busy" ? text("busy") : sentence;
      if (words || isUnread) say(words);
      isUnread = Boolean(words);
      sketchpad.classList.toggle("outdated", isUnread); // what is shown was read from other ink
      sketchpad.dataset.state = name;
      timeline.rested();
    },
  });
  const timeline = createTimeline(sketchpad, drawing, texts, {
    read: (counts) => server.read_moments({ strokes: drawing.points(), counts }),
    mayAsk: () => !isPenDown() && !player.isLiving() && question.state().name === "done",
    onMoment(count, earlier) {
      isPast = true;
      renderer.showFirst(count);
      reading.show(earlier);
      number.show(null);
    },
    onLive() {
      isPast = false;
      renderer.showFirst(Infinity);
      showChosen();
    },
  });

  /** @param {Reading} answer @param {{count: number}} asked */
  function showAnswer(answer, { count }) {
    if (answer.digit === null) {
      if (!drawing.picture()) return;
      setCurrentDrawing(null);
      reading.showBlank(text("nothing_seen"));
      return;
    }
    if (count === drawing.count()) {
      latest = { reading: answer, strokes: drawing.points() };
      onRead();
    }
    timeline.add(count, answer);
    if (!isPast) show(answer);
    publish(answer, count);
  }

  /** @param {Reading} answer */
  function show(answer) {
    const shown = answer.other ?? answer;
    reading.show(number.shown(shown, []).reading);
    number.show(shown);
  }

  /** Another network reads the pad, or the same one with other weights. */
  async function readAgain() {
    sketchpad.classList.toggle("by-other", otherNetwork() !== null);
    timeline.toLive();
    const before = latest;
    if (!before) return;
    const other = await readByOther(before.reading, before.strokes);
    if (latest !== before) return;
    before.reading = { ...before.reading, other };
    show(before.reading);
  }

  /** Another digit of the number is to be shown, or what is on the pad again. */
  function showChosen() {
    if (!latest) return;
    show(latest.reading);
    onRead();
    publish(latest.reading, drawing.count());
  }

  /** The tabs ask about what was read last: the first `count` points. @param {Reading} answer @param {number} count */
  function publish(answer, count) {
    const strokes = firstPoints(drawing.strokes(), count).map(({ points }) => points);
    const one = number.shown(answer, strokes);
    setCurrentDrawing({ ...one, pixels: one.reading.pixels, isExample: player.isLiving(),
      picture: drawing.picture()?.bitmap });
  }

  onOtherNetwork(readAgain);
  sketchpad.querySelector('[data-testid="other-network"]')?.addEventListener("click", () => otherNetwork()?.end());

  return {
    isFrameAt: number.isFrameAt,
    chooseAt: number.chooseAt,
    speak: reading.speak,
    setQuiet: reading.setQuiet,
    toLive: timeline.toLive,
    rested: timeline.rested,
    /** The chosen digit's reading and its strokes; null until what is on the pad is read. */
    current: () => (latest && !player.isLiving() ? number.shown(latest.reading, latest.strokes) : null),
    /** What was read: at last (null until then), and while the drawing grew. */
    history: () => ({ reading: latest?.reading ?? null, entries: timeline.entries() }),
    /** The drawing has changed. @param {boolean} isLonger there is only more ink at the end */
    changed(isLonger) {
      // An example says nothing about the last notice, and a full pad stays full.
      if (!isUnread && !player.isLiving() && !drawing.isFull()) say("");
      latest = null;
      timeline.changed(isLonger);
      onRead();
      if (!isLonger) sheet += 1;
      if (drawing.isBlank()) {
        setCurrentDrawing(null);
        reading.showBlank();
        number.show(null);
      }
      question.changed();
    },
  };
}
