/* The drawing on the pad, read by the taught network: beside the page's own, and in the pad's bars if the visitor
 * wants it there.
 */
import { currentDrawing } from "../../shared/current_drawing.js";
import { bytesOf, createFigure } from "../../shared/figure.js";
import { setOtherNetwork } from "../../shared/other_network.js";
import { percent } from "../../shared/percent.js";
import { createQuestion } from "../../shared/question.js";
import { PAD_UNITS } from "../../shared/strokes.js";
import { createDuel } from "./duel.js";
import { placed, placeOf } from "./examples.js";
import { drawStrip, paint, STRIP_HEIGHT } from "./figures.js";
import { reasonForDrawing, worded } from "./verdicts.js";

/** @typedef {import("../../shared/strokes.js").Point} Point */
/** @typedef {{pixels: Uint8Array, truth: number}} Looked a misread digit that is looked at instead of the drawing */
/** @typedef {{drawing: NonNullable<ReturnType<typeof currentDrawing>>, looked: Looked | null}} Subject */

/**
 * @param {HTMLElement} root
 * @param {ReturnType<typeof import("../../shared/texts.js").createTexts>} texts
 * @param {ReturnType<typeof import("./session.js").createSession>} session
 * @param {() => boolean} isSeen
 */
export function createPadReading(root, { text }, session, isSeen) {
  const find = (/** @type {string} */ name) => /** @type {any} */ (root.querySelector(`[data-testid="${name}"]`));
  const [place, outcome, input, withMine] = ["place", "outcome", "input", "read-with-mine"].map(find);
  const duel = createDuel(find("duel"), text);
  let version = 0; // of the network's weights
  let isMine = false; // the pad shows what the taught network reads
  /** @type {Looked | null} */
  let looked = null;
  /** @type {{drawing: object | null, place: string, readings: number[][]}} */
  let strip = { drawing: null, place: "", readings: [] };
  const stripFigure = createFigure(find("strip"), () => STRIP_HEIGHT,
    (pen, width) => drawStrip(pen, width, strip.readings));
  const isMoved = () => place.value === "drawn";

  /** @param {Uint8Array} pixels @param {Point[][]} strokes */
  const seen = (pixels, strokes) => (isMoved() ? placed(pixels, placeOf(strokes, PAD_UNITS)) : pixels);

  /** @param {NonNullable<ReturnType<typeof currentDrawing>>} drawing */
  const seenPixels = ({ pixels, strokes }) => seen(bytesOf(pixels), strokes);

  /* Never 100: nothing is certain. */
  function sureness(/** @type {number} */ probability) {
    const words = percent(probability);
    return words.startsWith(">") ? text("over", { number: words.slice(1) }) : words;
  }

  function refresh() {
    const drawing = currentDrawing();
    if (strip.drawing !== drawing || strip.place !== place.value) {
      strip = { drawing, place: place.value, readings: [] };
      stripFigure.redraw();
    }
    session.pad(drawing && seenPixels(drawing));
    question.changed();
  }

  function showNothing() {
    duel.show(null, null);
    paint(input, null);
    outcome.textContent = session.choices() ? text("tab_blank") : "";
  }

  /** @param {Float32Array} probabilities @param {Subject} subject */
  function show(probabilities, { drawing, looked: one }) {
    paint(input, one ? one.pixels : seenPixels(drawing));
    const usual = one ? null : drawing.reading;
    duel.show(probabilities, usual && usual.probabilities, usual?.is_digit);
    const reads = duel.best(probabilities);
    const taught = session.choices();
    const reason = usual?.is_digit && session.state() === "trained" && taught
      ? reasonForDrawing(taught, Number(usual.digit), reads, isMoved()) : null;
    outcome.textContent = one ? text("teach_looked", { truth: one.truth, reads })
      : reason ? worded(text, reason)
        : text("teach_pad_reads", { digit: reads, sure: sureness(probabilities[reads]) });
  }

  const question = createQuestion({
    subject() {
      const drawing = currentDrawing();
      if (!session.choices() || !(drawing || looked)) return null;
      return { drawing, looked, version, place: place.value, isTrained: session.state() === "trained" };
    },
    ask: (/** @type {any} */ { drawing, looked: one }) => session.read(one ? one.pixels : seenPixels(drawing)),
    show: (/** @type {Float32Array} */ probabilities, /** @type {any} */ subject) => show(probabilities, subject),
    isStillAbout: () => true,
    mayAsk: isSeen,
    onState({ name }) {
      if (name === "blank") showNothing();
    },
  });

  /* The pad reads with the network of the moment. */
  function lend() {
    const isLent = isMine && session.choices() !== null;
    withMine.setAttribute("aria-pressed", String(isLent));
    withMine.textContent = text(isLent ? "teach_read_pad_end" : "teach_read_pad");
    setOtherNetwork(isLent ? {
      read: (pixels, strokes) => session.read(strokes ? seen(pixels, strokes) : pixels),
      end: toggle,
    } : null);
  }

  function toggle() {
    isMine = !isMine;
    lend();
  }

  withMine.addEventListener("click", toggle);
  place.addEventListener("change", () => {
    refresh();
    if (isMine) lend();
  });
  showNothing();

  /** The network, or its state, may be another. */
  function changed() {
    question.changed();
    if (isMine) lend();
  }

  return {
    isMoved,
    changed,
    /** Shows a misread digit instead. @param {Uint8Array} pixels @param {number} truth */
    look(pixels, truth) {
      looked = { pixels, truth };
      root.querySelector(".drawing")?.scrollIntoView({ block: "start", behavior: "smooth" });
      question.changed();
    },
    /** There is another drawing on the pad. */
    drawn() {
      looked = null;
      refresh();
    },
    /** The network has other weights. @param {number[] | null} [onPad] how it read the pad */
    learned(onPad) {
      version += 1;
      if (onPad) strip.readings.push(onPad);
      stripFigure.redraw();
      changed();
    },
    /** Another network is taught. */
    begin() {
      looked = null;
      strip.readings = [];
      refresh();
    },
    dispose() {
      setOtherNetwork(null);
      question.dispose();
    },
  };
}
