/* Fool it: original, difference and result; searched when it is asked for, not at every stroke. */
import { currentDrawing, onCurrentDrawing } from "../../shared/current_drawing.js";
import { tellOutcome } from "../../shared/experiments.js";
import { heard } from "../../shared/post.js";
import { createQuestion, GIVE_UP_IN_LINE_AFTER } from "../../shared/question.js";
import { createTexts } from "../../shared/texts.js";
import { GAP, bytesOf, createFigure, floatsOf, saveOnClick, signed, signedLegend } from "../../shared/figure.js";
import { createStatus, fillDigits, takeExperiment } from "../tab.js";

export function mount({ element, props, server }) {
  const root = element.querySelector(".tab");
  const { text, fill, number } = createTexts();
  fill(root);
  const canvas = root.querySelector("canvas");
  const target = root.querySelector('[data-testid="target"]');
  const norm = root.querySelector('[data-testid="norm"]');
  const go = root.querySelector('[data-testid="fool"]');
  const progress = root.querySelector("progress");
  const outcome = root.querySelector('[data-testid="outcome"]');
  let original = ""; // pixels
  /** @type {any} */
  let result = null;
  let wasRead = "";
  /** @type {{digit?: number, norm?: string}} */
  let pressed = {}; // the choices when the button was pressed
  /** @type {{pixels: string, search: any, best: any} | null} */
  let latest = null; // the search, as far as it is
  const tell = createStatus(root);
  fillDigits(target, 3);

  const side = (width) => Math.min(400, (width - 2 * GAP) / 3);
  const figure = createFigure(canvas, (width) => side(width) + 84, draw);

  function draw(pen, width) {
    if (!original) return;
    const size = side(width);
    const y = 24;
    pen.text(text("adversarial_original"), 0, y - 8, { weight: 600 });
    pen.image(bytesOf(original), 28, 28, 1, y, size - 2);
    pen.text(wasRead, 0, y + size + 48, { size: 44, weight: 700 });
    const x = size + GAP;
    if (!result) { // where it will be
      ["adversarial_difference", "adversarial_result"].forEach((key, i) => {
        pen.text(text(key), (i + 1) * x, y - 8, { weight: 600, colour: pen.subdued });
        pen.context.strokeStyle = pen.line;
        pen.context.setLineDash([4, 4]);
        pen.context.strokeRect((i + 1) * x + 0.5, y + 0.5, size - 3, size - 3);
        pen.context.setLineDash([]);
      });
      return;
    }
    const difference = floatsOf(result.difference).map((value) => value / (result.largest || 1));
    pen.text(text("adversarial_difference"), x, y - 8, { weight: 600 });
    pen.image(difference, 28, 28, x, y, size - 2, signed);
    signedLegend(pen, x, y + size + 12, Math.min(size, 200), [`−${result.largest}`, `+${result.largest}`]);
    pen.text(text("adversarial_result"), 2 * x, y - 8, { weight: 600 });
    pen.image(bytesOf(result.pixels), 28, 28, 2 * x, y, size - 2);
    const best = result.probabilities.indexOf(Math.max(...result.probabilities));
    pen.text(result.is_digit ? best : "?", 2 * x, y + size + 48, { size: 44, weight: 700 });
    pen.text(`${best}: ${number(100 * result.probabilities[best])} %`, 2 * x + 36, y + size + 48,
      { size: 15, fit: size - 36 });
  }

  function showOriginal() {
    const drawing = currentDrawing();
    if ((drawing?.pixels ?? "") !== original) {
      original = drawing?.pixels ?? "";
      result = null;
      outcome.textContent = "";
      figure.redraw();
    }
    wasRead = !drawing ? "" : drawing.reading.is_digit ? String(drawing.reading.digit) : "?";
    question.changed();
    go.disabled = !original || isWorking();
  }

  const question = createQuestion({
    subject: () => (original ? { pixels: original, ...pressed } : null),
    ask: search,
    isValid: (answer) => typeof answer?.success === "boolean",
    show(answer, { digit, norm: by }) {
      result = answer;
      tellOutcome({ tab: "adversarial", drawing: currentDrawing(), norm: by, ...answer });
      const done = by === "l2" ? "adversarial_done_l2" : "adversarial_done";
      outcome.textContent = text(answer.success ? done : "adversarial_failed", {
        digit, size: number(answer.size), largest: answer.largest,
        changed: answer.changed, share: number((100 * answer.largest) / 255),
      });
      figure.redraw();
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

  /* One attempt after the other, each of them shown. After a lost answer it goes on from there. */
  async function search(/** @type {{pixels: string, digit?: number, norm?: string}} */ asked) {
    const { pixels, digit, norm: by } = asked;
    if (wasRead === String(digit)) return { error: text("adversarial_already", { digit }) };
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
      result = answer;
      figure.redraw();
    }
  }

  function press() {
    latest = null;
    pressed = { digit: Number(target.value), norm: norm.value };
    outcome.textContent = "";
    question.ask();
  }

  go.addEventListener("click", press);
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
