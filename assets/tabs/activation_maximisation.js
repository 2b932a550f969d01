/* What each digit looks like to it: the input that excites it most, and below it a typical one. */
import { createQuestion, GIVE_UP_IN_LINE_AFTER } from "../question.js";
import { createTexts } from "../texts.js";
import { GAP, bytesOf, createFigure, saveOnClick } from "./figure.js";
import { createStatus, inOurWords, watchSight } from "./tab.js";

export function mount({ element, server }) {
  const root = element.querySelector(".tab");
  const { fill, number } = createTexts();
  fill(root);
  const canvas = root.querySelector("canvas");
  const progress = root.querySelector("progress");
  const tell = createStatus(root);
  /** @type {any[]} */
  const found = [];

  const across = (width) => (width < 640 ? 5 : 10);
  const side = (width) => Math.min(120, (width - GAP * (across(width) - 1)) / across(width));
  const figure = createFigure(
    canvas, (width) => (10 / across(width)) * (2 * side(width) + 76) + 8, draw);

  function draw(pen, width) {
    const size = side(width);
    found.forEach((one, digit) => {
      const x = (digit % across(width)) * (size + GAP);
      const y = Math.floor(digit / across(width)) * (2 * size + 76) + 4;
      pen.image(bytesOf(one.pixels), 28, 28, x + 1, y, size - 2);
      pen.text(`${digit}: ${number(one.logit)}`, x, y + size + 18, { weight: 600 });
      pen.image(bytesOf(one.typical), 28, 28, x + 1, y + size + 28, size - 2);
      pen.text(number(one.typical_logit), x, y + 2 * size + 46, { colour: pen.subdued });
    });
  }

  /* One after another, once, and only while the tab is seen. */
  const question = createQuestion({
    subject: () => (found.length < 10 ? { digit: found.length } : null),
    ask: ({ digit }) => inOurWords(server.ask(digit)),
    isValid: (answer) => typeof answer?.pixels === "string",
    show(answer) {
      found.push(answer);
      progress.value = found.length;
      progress.hidden = found.length === 10;
      figure.redraw();
    },
    mayAsk: () => isSeen(),
    giveUpAfter: GIVE_UP_IN_LINE_AFTER,
    onState: (state) => tell(state.name === "blank" ? { name: "done", sentence: "" } : state),
  });
  const isSeen = watchSight(root, question.changed);
  saveOnClick(root, canvas, "activation-maximisation");
}
