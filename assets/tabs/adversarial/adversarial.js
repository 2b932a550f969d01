/* Fool it: the original, the difference, and with a slider all between the original and the result. The search
 * starts with a button, not with every stroke.
 */
import { currentDrawing, onCurrentDrawing } from "../../shared/current_drawing.js";
import { tellOutcome } from "../../shared/experiments.js";
import { heard } from "../../shared/post.js";
import { createQuestion, GIVE_UP_IN_LINE_AFTER } from "../../shared/question.js";
import { GAP, bytesOf, createFigure, floatsOf, saveOnClick, signed, signedLegend } from "../../shared/figure.js";
import { createStatus, fillDigits, openTab, takeExperiment } from "../tab.js";

const WHITE = 255;
const NARROW = 560; // CSS pixels: below this width two pictures are side by side

export function mount({ element, props, server }) {
  const { root, part, text, number } = openTab(element);
  const canvas = root.querySelector("canvas");
  const [target, norm, go, progress, share, outcome] = ["target", "norm", "fool", "progress", "blend", "outcome"].map(part);
  let original = ""; // pixels
  /** @type {any} */
  let result = null; // the last attempt's, in the end the best one
  let verdict = ""; // on the original
  /** @type {{digit?: number, norm?: string}} */
  let pressed = {}; // the choices when the button was pressed
  /** @type {{pixels: string, search: any, best: any} | null} */
  let latest = null; // the search, as far as it is
  const tell = createStatus(root);
  fillDigits(target, 3);
  share.max = props.steps;

  const across = (width) => (width < NARROW ? 2 : 3);
  const side = (width) => Math.min(400, (width - (across(width) - 1) * GAP) / across(width));
  const pitch = (width) => side(width) + 84;
  const figure = createFigure(canvas, (width) => Math.ceil(3 / across(width)) * pitch(width), draw);

  function draw(pen, width) {
    if (!original) return;
    const [size, count] = [side(width), across(width)];
    const places = [0, 1, 2].map((i) => [(i % count) * (size + GAP), 24 + Math.floor(i / count) * pitch(width)]);
    const step = Number(share.value);
    const titles = [text("adversarial_original"), text("adversarial_difference"), text("adversarial_result")];
    if (result) {
      titles[1] = text("adversarial_stronger", { times: number(WHITE / (result.largest || 1), 0) });
      if (result.path) titles[2] = text("adversarial_blend", { share: number((100 * step) / props.steps, 0) });
    }
    titles.forEach((title, i) => pen.text(title, places[i][0], places[i][1] - 8, { weight: 600, fit: size,
      colour: result || !i ? pen.ink : pen.subdued }));
    const pixels = bytesOf(original);
    const [first, second, third] = places;
    pen.image(pixels, 28, 28, 1, first[1], size - 2);
    pen.text(verdict, 0, first[1] + size + 48, { size: 44, weight: 700 });
    if (!result) {
      for (const [x, y] of [second, third]) drawFrame(pen, x, y, size);
      return;
    }
    const difference = floatsOf(result.difference);
    const { largest } = result;
    pen.image(difference.map((value) => value / (largest || 1)), 28, 28, ...second, size - 2, signed);
    signedLegend(pen, second[0], second[1] + size + 12, Math.min(size, 200), [`−${largest}`, `+${largest}`]);
    const added = result.path ? step / props.steps : 1;
    pen.image(pixels.map((value, i) => value + added * difference[i]), 28, 28, ...third, size - 2);
    drawReading(pen, result.path?.[step] ?? result, third[0], third[1] + size + 48, size);
  }

  function drawFrame({ context, line }, x, y, size) {
    context.strokeStyle = line;
    context.setLineDash([4, 4]);
    context.strokeRect(x + 0.5, y + 0.5, size - 3, size - 3);
    context.setLineDash([]);
  }

  function drawReading(pen, { probabilities, is_digit: isDigit }, x, y, size) {
    const best = probabilities.indexOf(Math.max(...probabilities));
    pen.text(isDigit ? best : "?", x, y, { size: 44, weight: 700 });
    pen.text(`${best}: ${number(100 * probabilities[best])} %`, x + 36, y, { size: 15, fit: size - 36 });
  }

  function show(next) {
    result = next;
    share.disabled = !result?.path;
    share.value = props.steps;
    figure.redraw();
  }

  function showOriginal() {
    const drawing = currentDrawing();
    verdict = !drawing ? "" : drawing.reading.is_digit ? String(drawing.reading.digit) : "?";
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
  saveOnClick(root, canvas, "fooled");
  const end = onCurrentDrawing(() => {
    if (root.isConnected) {
      showOriginal();
    } else {
      end();
      question.dispose();
    }
  });
  showOriginal();
  tell(question.state());
  takeExperiment(root, "adversarial");
}
