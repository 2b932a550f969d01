/* The drawing on the pad, read by the taught network: next to the page's own, and in the pad's bars if the visitor
 * wants it there.
 */
import { currentDrawing } from "../../shared/current_drawing.js";
import { bytesOf, paint } from "../../shared/figure.js";
import { setOtherNetwork } from "../../shared/other_network.js";
import { sureness } from "../../shared/percent.js";
import { createQuestion } from "../../shared/question.js";
import { PAD_UNITS } from "../../shared/strokes.js";
import { placed, placeOf } from "./examples.js";
import { showStrip } from "./figures.js";
import { reasonForDrawing, worded } from "./verdicts.js";

/** @typedef {import("../../shared/strokes.js").Point} Point */
/** @typedef {{pixels: Uint8Array, truth: number}} Looked a misread digit that is looked at instead of the drawing */
/** @typedef {{drawing: NonNullable<ReturnType<typeof currentDrawing>>, looked: Looked | null, version: number,
 *   place: string}} Subject */

/* Ten pairs of bars, the taught network's and those of the page's own; shows both when called. */
function createDuel(/** @type {HTMLElement} */ element, /** @type {(key: string) => string} */ text) {
  element.insertAdjacentHTML("beforeend", [...Array(10).keys()].map((digit) => `<div class="pair">
    <span class="bar taught"><i></i></span><b>${digit}</b><span class="bar usual"><i></i></span></div>`).join(""));

  /** @param {Record<"taught" | "usual", {verdict: string | number, ten: ArrayLike<number>} | null>} both */
  return function show(both) {
    const said = Object.entries(both).map(([name, reading]) => {
      const bars = /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll(`.${name} i`));
      bars.forEach((bar, digit) => bar.style.setProperty("--p", String(reading?.ten[digit] ?? 0)));
      const verdict = /** @type {HTMLElement} */ (element.querySelector(`[data-testid="${name}-verdict"]`));
      verdict.textContent = String(reading?.verdict ?? "–");
      return `${text(`teach_${name}`)}: ${verdict.textContent}.`;
    });
    element.setAttribute("aria-label", said.join(" "));
  };
}

/**
 * @param {HTMLElement} root
 * @param {ReturnType<typeof import("../../shared/texts.js").createTexts>} texts
 * @param {ReturnType<typeof import("./session.js").createSession>} session
 * @param {() => boolean} isSeen
 */
export function createPadReading(root, { text }, session, isSeen) {
  const find = (/** @type {string} */ name) => /** @type {any} */ (root.querySelector(`[data-testid="${name}"]`));
  const [place, outcome, input, withMine] = ["place", "outcome", "input", "read-with-mine"].map(find);
  const showBoth = createDuel(find("duel"), text);
  let version = 0; // of the network's weights
  let isMine = false; // the pad shows what the taught network reads
  /** @type {Looked | null} */
  let looked = null;
  /** How it read one drawing while it learned. @type {{about: unknown[], version: number, readings: number[][]}} */
  let strip = { about: [], version: 0, readings: [] };
  const isMoved = () => place.value === "drawn";

  /** @param {Uint8Array} pixels @param {Point[][]} strokes */
  const seen = (pixels, strokes) => (isMoved() ? placed(pixels, placeOf(strokes, PAD_UNITS)) : pixels);

  /** @param {Subject} subject */
  const seenPixels = ({ drawing, looked: one }) => one?.pixels ?? seen(bytesOf(drawing.pixels), drawing.strokes);

  /** @param {Subject} subject @param {number[]} reading */
  function remember({ drawing, place: where, version: read }, reading) {
    const isSame = strip.about[0] === drawing && strip.about[1] === where;
    if (isSame && strip.version === read) return;
    strip = { about: [drawing, where], version: read, readings: isSame ? [...strip.readings, reading] : [reading] };
    find("strip").closest("figure").hidden = strip.readings.length < 2;
    showStrip(find("strip"), strip.readings);
  }

  /** @param {Float32Array} probabilities @param {Subject} subject */
  function show(probabilities, subject) {
    const { looked: one, drawing } = subject;
    const ten = [...probabilities];
    const reads = ten.indexOf(Math.max(...ten));
    const usual = one ? null : drawing.reading;
    paint(input, seenPixels(subject));
    showBoth({ taught: { verdict: reads, ten }, usual: usual && {
      verdict: usual.is_digit ? Number(usual.digit) : "?", ten: usual.probabilities } });
    if (!one) remember(subject, ten);
    const taught = session.choices();
    const reason = usual?.is_digit && session.state() === "trained" && taught
      ? reasonForDrawing(taught, Number(usual.digit), reads, isMoved()) : null;
    outcome.textContent = one ? text("teach_looked", { truth: one.truth, reads })
      : reason ? worded(text, reason)
        : text("teach_pad_reads", { digit: reads, sure: sureness(text, ten[reads]) });
  }

  const question = createQuestion({
    subject() {
      const drawing = currentDrawing();
      if (!session.choices() || !(drawing || looked)) return null;
      return { drawing, looked, version, place: place.value, isTrained: session.state() === "trained" };
    },
    ask: (/** @type {any} */ subject) => session.read(seenPixels(subject)),
    show: (/** @type {Float32Array} */ probabilities, /** @type {any} */ subject) => show(probabilities, subject),
    isStillAbout: () => true,
    mayAsk: isSeen,
    onState({ name }) {
      if (name !== "blank") return;
      showBoth({ taught: null, usual: null });
      paint(input, new Uint8Array(784));
      outcome.textContent = session.choices() ? text("tab_blank") : "";
    },
  });

  /** The network, or its state, may be another: the pad reads with the network of the moment. */
  function changed() {
    question.changed();
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
    changed();
  }

  withMine.addEventListener("click", toggle);
  place.addEventListener("change", changed);

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
      question.changed();
    },
    /** The network has other weights. */
    learned() {
      version += 1;
      changed();
    },
    /** Another training begins. */
    begin() {
      looked = null;
      strip = { about: [], version: 0, readings: [] };
    },
    dispose() {
      setOtherNetwork(null);
      question.dispose();
    },
  };
}
