/* Fool it: original, difference and result; worked out when it is asked for, not at every stroke. */
import { currentDrawing, onCurrentDrawing } from "../current_drawing.js";
import { tellOutcome } from "../experiments.js";
import { createQuestion, GIVE_UP_IN_LINE_AFTER } from "../question.js";
import { createTexts } from "../texts.js";
import { GAP, bytesOf, createFigure, floatsOf, saveOnClick, signed, signedLegend } from "./figure.js";
import { createStatus, fillDigits, inOurWords, takeExperiment } from "./tab.js";

const LOOK_EVERY = 150; // ms, at the progress

export function mount({ element, server }) {
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
  let name = ""; // that the server tells the progress of
  let looks = 0; // at the progress
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
    ask({ pixels, digit, norm: by }) {
      if (wasRead === String(digit)) {
        return Promise.resolve({ error: text("adversarial_already", { digit }) });
      }
      name = crypto.getRandomValues(new Uint32Array(2)).join("-");
      progress.value = 0;
      return inOurWords(server.ask({ pixels, digit, norm: by, name }));
    },
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
      share.changed();
    },
  });
  const isWorking = () => ["working", "slow", "lost", "busy"].includes(question.state().name);

  const share = createQuestion({
    subject: () => (isWorking() ? { name, looks } : null),
    ask: (asked) => server.share_done(asked.name),
    isValid: Number.isFinite,
    show(done) {
      progress.value = Math.max(progress.value, done);
      looks += 1;
    },
    onState() {}, // the bar stands still
    pause: LOOK_EVERY,
  });

  function press() {
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
      share.dispose();
    }
  });
  showOriginal();
  tell(question.state());
  takeExperiment(root, "adversarial");
}
