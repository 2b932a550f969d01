/* Fool it: the original, the difference, and with a slider all between the original and the result. The search
 * starts with a button, not with every stroke; until then the tab says what it will do.
 */
import { verdictOf } from "../../shared/answers.js";
import { currentDrawing } from "../../shared/current_drawing.js";
import { tellOutcome } from "../../shared/experiments.js";
import { heard } from "../../shared/post.js";
import { createQuestion, GIVE_UP_IN_LINE_AFTER } from "../../shared/question.js";
import { GAP, NARROW, bytesOf, createFigure, floatsOf, rowsOf, signed, signedLegend } from "../../shared/figure.js";
import { createStatus, fillDigits, onDrawing, openTab } from "../tab.js";

const WHITE = 255;
const [LEAST, MOST] = [200, 400]; // CSS pixels, the side of a picture
const [HEAD, FOOT] = [24, 60]; // CSS pixels above a picture, and below it
const BELOW = 92; // CSS pixels, for the slider and the outcome
const HOW = 180; // CSS pixels, for the explanation below the picture on a narrow screen

export function mount({ element, props, server }) {
  const { root, part, canvas, text, number } = openTab(element);
  const [target, norm, go, progress, share, outcome] = ["target", "norm", "fool", "progress", "blend", "outcome"].map(part);
  let original = ""; // pixels
  /** @type {any} */
  let result = null; // the last attempt's, in the end the best one
  let verdict = ""; // on the original
  let second = 0; // the network's second choice: the target, until the visitor chooses another
  let isChosen = false; // by the visitor
  /** @type {{digit?: number, norm?: string}} */
  let pressed = {}; // the choices when the button was pressed
  /** @type {{pixels: string, search: any, best: any} | null} */
  let latest = null; // the search, as far as it is
  const tell = createStatus(root);
  fillDigits(target);
  share.max = props.steps;

  /** @type {ReturnType<typeof rowsOf>} */
  let rows;
  const figure = createFigure(canvas, (width, room) => {
    rows = rowsOf(result || width >= NARROW ? 3 : 2, width, { most: Math.min(MOST, Math.max(LEAST, room - HEAD - FOOT - BELOW)), head: HEAD, foot: FOOT });
    return rows.height + (result || width >= NARROW ? 0 : HOW);
  }, draw);

  function draw(pen) {
    if (!original) return;
    const [first, ...others] = rows.places;
    pen.text(text("adversarial_original"), first.x, first.y - 8, { weight: 600, fit: first.size });
    pen.image(bytesOf(original), 28, 28, first.x + 1, first.y, first.size - 2);
    pen.text(verdict, first.x, first.y + first.size + 48, { size: 44, weight: 700 });
    if (result) drawResult(pen, ...others);
    else invite(pen, first, others[0], others[1]);
  }

  /* What will be here, in place of empty pictures. */
  function invite(pen, first, { x, y, size }, last) {
    const width = last ? 2 * size + GAP : size;
    const below = pen.paragraph(text("adversarial_second", { digit: second }), x + 8, y + 22, width - 8, { size: 17, weight: 600 });
    const how = last ? { x: x + 8, y: below + 10, width: Math.min(width - 8, 460) } : { x: first.x, y: rows.height + 18, width: x + size - first.x };
    pen.paragraph(text("adversarial_how"), how.x, how.y, how.width, { size: 14.5, colour: pen.subdued });
  }

  function drawResult(pen, left, right) {
    const [step, { largest, path }] = [Number(share.value), result];
    const difference = floatsOf(result.difference);
    const titles = [text("adversarial_stronger", { times: number(WHITE / (largest || 1), 0) }), path
      ? text("adversarial_blend", { share: number((100 * step) / props.steps, 0) }) : text("adversarial_result")];
    titles.forEach((title, i) => pen.text(title, [left, right][i].x, [left, right][i].y - 8, { weight: 600, fit: left.size }));
    pen.image(difference.map((value) => value / (largest || 1)), 28, 28, left.x, left.y, left.size - 2, signed);
    signedLegend(pen, left.x, left.y + left.size + 12, Math.min(left.size, 200), [`−${largest}`, `+${largest}`]);
    const added = path ? step / props.steps : 1;
    pen.image(bytesOf(original).map((value, i) => value + added * difference[i]), 28, 28, right.x, right.y, right.size - 2);
    const { probabilities, is_digit: isDigit } = path?.[step] ?? result;
    const best = probabilities.indexOf(Math.max(...probabilities));
    const y = right.y + right.size + 48;
    pen.text(isDigit ? best : "?", right.x, y, { size: 44, weight: 700 });
    pen.text(`${best}: ${number(100 * probabilities[best])} %`, right.x + 36, y, { size: 15, fit: right.size - 36 });
  }

  function show(next) {
    result = next;
    share.disabled = !result?.path;
    root.querySelector(".blend").hidden = share.disabled;
    share.value = props.steps;
    figure.redraw();
  }

  function showOriginal() {
    const drawing = currentDrawing();
    verdict = verdictOf(drawing?.reading);
    const { probabilities = [] } = drawing?.reading ?? {};
    second = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]).find((one) => String(one) !== verdict) ?? 0;
    if (!isChosen) target.value = second;
    if ((drawing?.pixels ?? "") !== original) {
      original = drawing?.pixels ?? "";
      outcome.textContent = "";
      show(null);
    }
    question.changed();
    go.disabled = !original || isWorking();
  }

  const question = createQuestion({
    subject: () => (original ? { pixels: original, ...pressed } : null),
    ask: search,
    isValid: (answer) => typeof answer?.success === "boolean",
    show(answer, { digit, norm: by }) {
      show(answer);
      tellOutcome({ tab: "adversarial", drawing: currentDrawing(), norm: by, ...answer });
      const done = by === "l2" ? "adversarial_done_l2" : "adversarial_done";
      outcome.textContent = [text(answer.success ? done : "adversarial_failed", {
        digit, size: number(answer.size), largest: answer.largest,
        changed: answer.changed, share: number((100 * answer.largest) / WHITE),
      }), answer.success && verdict !== "?" ? text("adversarial_still", { original: verdict }) : ""].join(" ").trim();
    },
    follows: false,
    giveUpAfter: GIVE_UP_IN_LINE_AFTER,
    onState(state) {
      tell(state.name === "refused" ? { name: "done", sentence: "" } : state);
      if (state.name === "refused") outcome.textContent = state.sentence;
      progress.hidden = !isWorking();
      go.disabled = !original || isWorking();
    },
  });
  const isWorking = () => ["working", "slow", "lost", "busy"].includes(question.state().name);

  /* One attempt after the other; each is shown. After a lost answer the search continues where it was. */
  async function search(/** @type {{pixels: string, digit?: number, norm?: string}} */ asked) {
    const { pixels, digit, norm: by } = asked;
    if (verdict === String(digit)) return { error: text("adversarial_already", { digit }) };
    /** @type {NonNullable<typeof latest>} */
    const mine = latest && latest.pixels === pixels ? { ...latest } : { pixels, search: null, best: null };
    latest = mine;
    for (;;) {
      progress.value = (mine.search?.attempts ?? 0) / props.most;
      const answer = await heard(server.ask({ pixels, digit, norm: by, search: mine.search }));
      if (typeof answer?.success !== "boolean") return answer;
      if (answer.success || !mine.best) mine.best = answer;
      if (!answer.search || mine !== latest || pixels !== original) return mine.best;
      mine.search = answer.search;
      show(answer);
    }
  }

  go.addEventListener("click", () => {
    latest = null;
    pressed = { digit: Number(target.value), norm: norm.value };
    outcome.textContent = "";
    question.ask();
  });
  share.addEventListener("input", figure.redraw);
  target.addEventListener("change", () => { isChosen = true; });
  onDrawing(root, question, showOriginal);
  showOriginal();
  tell(question.state());
}
