/* What a network has learned: curves, weights, how much it reads of each kind, and what it misreads. */
import { createFigure } from "../../shared/figure.js";
import { imageOf } from "./examples.js";
import { curvesHeight, drawCurves, drawWeights, paint, weightsHeight } from "./figures.js";
import { countRight, GROUPS, kindsFor, reasons, share, worded } from "./verdicts.js";

const MAX_MISREAD = 27; // that are shown
const MAX_REPORTS = 400; // in the curves

/** @typedef {import("./choices.js").Choices} Choices */

/**
 * @param {HTMLElement} root
 * @param {ReturnType<typeof import("../../shared/texts.js").createTexts>} texts
 * @param {ReturnType<typeof import("./session.js").createSession>} session
 * @param {(pixels: Uint8Array, truth: number) => void} onLook a misread digit was pressed
 */
export function createResult(root, texts, session, onLook) {
  const { text, number } = texts;
  const find = (/** @type {string} */ name) => /** @type {any} */ (root.querySelector(`[data-testid="${name}"]`));
  /** @type {import("./worker.js").Report[]} */
  let reports = [];
  /** @type {import("./worker.js").Picture | null} */
  let picture = null;

  const curves = createFigure(find("curves"), curvesHeight, (pen, width) => drawCurves(pen, width, reports, texts));
  const weights = createFigure(find("weights"), (width) => weightsHeight(width, picture),
    (pen, width) => picture && drawWeights(pen, width, picture));

  function learned() {
    for (const name of ["reasons", "kinds", "misread"]) find(name).replaceChildren(); // they are about earlier weights
    find("curves").hidden = !reports.length;
    curves.redraw();
    weights.redraw();
  }

  /** @param {ReturnType<typeof countRight>["groups"]} groups @param {Choices} choices */
  function showKinds(groups, choices) {
    const rows = [{ name: "everybody", isShown: true }, ...kindsFor(choices)].flatMap(({ name, isShown }) => {
      const right = share(groups[name]);
      const term = document.createElement("dt");
      term.textContent = text(`teach_${name}`);
      const value = document.createElement("dd");
      value.dataset.kind = name;
      value.dataset.right = String(right);
      value.classList.toggle("never", !isShown);
      value.style.setProperty("--p", String(right));
      value.innerHTML = '<span class="bar"><i></i></span><span class="percent"></span><small></small>';
      const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (value.querySelector(name));
      part(".percent").textContent = `${Math.round(100 * right)}\u00a0%`;
      part("small").textContent = isShown ? "" : text("teach_never");
      return [term, value];
    });
    find("kinds").replaceChildren(...rows);
  }

  /** @param {import("./examples.js").Examples} held @param {number} i @param {number} read */
  function misreadButton(held, i, read) {
    const button = document.createElement("button");
    button.type = "button";
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 28;
    paint(canvas, imageOf(held, i));
    button.append(canvas, `${held.truth[i]} → ${read}`);
    button.setAttribute("aria-label", `${button.textContent}: ${text("teach_looked", { truth: held.truth[i], reads: read })}`);
    button.addEventListener("click", () => onLook(imageOf(held, i), held.truth[i]));
    return button;
  }

  /** @param {import("./examples.js").Examples} held @param {Uint8Array} read @param {Choices} choices */
  function showMisread(held, read, choices) {
    const wrong = [...read.keys()].filter((i) => read[i] !== held.truth[i]);
    const everybody = wrong.filter((i) => held.group[i] === 0);
    const leftOut = wrong.filter((i) => choices.without.includes(GROUPS[held.group[i]]));
    const seen = [...leftOut, ...everybody];
    const byDigit = Array.from({ length: 10 }, (_, digit) => seen.filter((i) => held.truth[i] === digit));
    const inTurn = seen.flatMap((_, place) => byDigit.flatMap((ones) => ones.slice(place, place + 1))); // all digits alike
    find("misread-words").textContent = text(seen.length ? "teach_misread_some" : "teach_misread_none",
      { count: number(everybody.length), all: number(held.group.filter((group) => group === 0).length) });
    find("misread").replaceChildren(...inTurn.slice(0, MAX_MISREAD).map((i) => misreadButton(held, i, read[i])));
  }

  return {
    /** There is another network. @param {Choices} choices @param {import("./worker.js").Picture | null} itsPicture */
    begin(choices, itsPicture) {
      picture = itsPicture;
      reports = [];
      find("weights-words").textContent = text(choices.network === "dense" ? "teach_templates" : "teach_filters");
      learned();
    },
    /** @param {import("./worker.js").Report} report */
    report(report) {
      reports.push(report);
      if (reports.length > MAX_REPORTS) reports = reports.filter((_, i) => i % 2 || i === reports.length - 1);
      picture = report.picture;
      learned();
    },
    /** @param {import("./session.js").Judgement} read @param {boolean} isMoved it sees the pad's drawing where drawn */
    judge(read, isMoved) {
      const choices = /** @type {Choices} */ (session.choices());
      const held = /** @type {import("./examples.js").Examples} */ (session.heldOut());
      const { told, truth } = session.shown();
      const counts = countRight(held, read.held);
      const wrong = [...told.keys()].filter((i) => told[i] !== truth[i]);
      const right = [...told.keys()].filter((i) => read.shown[i] === told[i]).length;
      const sentences = reasons(choices, counts, isMoved, {
        shown: right / told.length, wrong: wrong.length,
        byHeart: wrong.filter((i) => read.shown[i] === told[i]).length });
      find("reasons").replaceChildren(...sentences.map((sentence) => Object.assign(
        document.createElement("li"), { textContent: worded(text, sentence) })));
      showKinds(counts.groups, choices);
      showMisread(held, read.held, choices);
    },
  };
}
