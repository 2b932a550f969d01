/* What a network has learned: curves, weights, how much it reads of each kind, and what it misreads. */
import { createFigure, thumbnail } from "../../shared/figure.js";
import { imageOf } from "./examples.js";
import { captioned, CURVES_HEIGHT, drawAccuracy, drawLoss, showWeights } from "./figures.js";
import { GROUPS, kindsFor, reasons, sharesRight, worded } from "./verdicts.js";

const MAX_MISREAD = 27; // that are shown
const MAX_REPORTS = 400; // in the curves

/** @typedef {import("./choices.js").Choices} Choices */
/** @typedef {import("./examples.js").Examples} Examples */

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
  const curves = Object.entries({ curves: drawAccuracy, loss: drawLoss }).map(([name, draw]) => createFigure(
    find(name), () => CURVES_HEIGHT, (pen, width) => draw(pen, width, reports, texts)));

  /** @param {import("./worker.js").Picture | null} picture */
  function learned(picture) {
    for (const name of ["reasons", "kinds", "misread"]) find(name).replaceChildren(); // they are about earlier weights
    find("curves").parentElement.hidden = find("loss").hidden = !reports.length; // of a network from a file
    for (const { redraw } of curves) redraw();
    if (picture) showWeights(find("weights"), picture);
  }

  /** @param {Record<string, number>} right of each group @param {Choices} choices */
  function showKinds(right, choices) {
    const rows = [{ name: "everybody", isShown: true }, ...kindsFor(choices)].flatMap(({ name, isShown }) => {
      const term = Object.assign(document.createElement("dt"), { textContent: text(`teach_${name}`) });
      const value = document.createElement("dd");
      Object.assign(value.dataset, { kind: name, right: right[name] });
      value.classList.toggle("never", !isShown);
      value.style.setProperty("--p", String(right[name]));
      value.innerHTML = `<span class="bar"><i></i></span><span class="percent">${Math.round(100 * right[name])}&nbsp;%</span>
        <small>${isShown ? "" : text("teach_never")}</small>`;
      return [term, value];
    });
    find("kinds").replaceChildren(...rows);
  }

  /** @param {Examples} held @param {number} i @param {number} read */
  function misreadButton(held, i, read) {
    const [pixels, truth] = [imageOf(held, i), held.truth[i]];
    const button = captioned("button", thumbnail(pixels), `${truth} → ${read}`);
    button.setAttribute("type", "button");
    button.setAttribute("aria-label", `${button.textContent}: ${text("teach_looked", { truth, reads: read })}`);
    button.addEventListener("click", () => onLook(pixels, truth));
    return button;
  }

  /** @param {Examples} held @param {Uint8Array} read @param {Choices} choices */
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
    /** There is another network. @param {Choices} choices @param {import("./worker.js").Picture | null} picture */
    begin(choices, picture) {
      reports = [];
      find("weights-words").textContent = text(choices.network === "dense" ? "teach_templates" : "teach_filters");
      learned(picture);
    },
    /** @param {import("./worker.js").Report} report */
    report(report) {
      reports.push(report);
      if (reports.length > MAX_REPORTS) reports = reports.filter((_, i) => i % 2 || i === reports.length - 1);
      learned(report.picture);
    },
    /** @param {import("./session.js").Judgement} read @param {boolean} isMoved it sees the pad's drawing where drawn */
    judge(read, isMoved) {
      const choices = /** @type {Choices} */ (session.choices());
      const held = /** @type {Examples} */ (session.heldOut());
      const { told, truth } = session.shown();
      const right = sharesRight(held, read.held);
      const wrong = [...told.keys()].filter((i) => told[i] !== truth[i]);
      const sentences = reasons(choices, right, isMoved, {
        shown: [...told.keys()].filter((i) => read.shown[i] === told[i]).length / told.length,
        wrong: wrong.length, byHeart: wrong.filter((i) => read.shown[i] === told[i]).length });
      find("reasons").replaceChildren(...sentences.map((sentence) => Object.assign(
        document.createElement("li"), { textContent: worded(text, sentence) })));
      showKinds(right, choices);
      showMisread(held, read.held, choices);
    },
  };
}
