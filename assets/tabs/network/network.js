/* The network tab: shows one view at a time, asks the server that view's question and draws its answer.
 *
 * The views: the whole network (`overview.js`), beside a kept drawing (`comparison.js`), all maps of a layer
 * (`layer.js`), one map (`map.js`). Each owns its answer and what is chosen in it.
 */
import { createComparison } from "./comparison.js";
import { createLayer } from "./layer.js";
import { createMap } from "./map.js";
import { createOverview } from "./overview.js";
import { rampOf } from "./colours.js";
import { setExplained } from "./explained.js";
import { NARROW } from "./layout.js";
import { createSpots } from "./spots.js";
import { showSums } from "./sums.js";
import { createWords } from "./words.js";
import { currentDrawing } from "../../shared/current_drawing.js";
import { tellOutcome } from "../../shared/experiments.js";
import { createFigure } from "../../shared/figure.js";
import { onPinned, pinnedDrawing, setPinned } from "../../shared/pinned.js";
import { createQuestion } from "../../shared/question.js";
import { isTyping } from "../../shared/typing.js";
import { createStatus, onDrawing, openTab, watchSight } from "../tab.js";

const PAUSE = 20; // ms between an answer and the next question: the pen goes first
const BLANK = { pixels: `${"A".repeat(1046)}==`, strokes: [], reading: null };

/** @typedef {import("./view.js").Tab} Tab */
/** @typedef {import("./view.js").View} View */

export function mount({ element }) {
  const { root, part, canvas, ...texts } = openTab(element);
  const { text } = texts;
  const [frame, own] = [root.querySelector(".frame"), root.querySelector(".own")];
  const tellState = createStatus(root, true);
  let updates = 0;

  const isDark = () => document.body.classList.contains("dark");
  const figure = createFigure(canvas, heightFor, draw);
  const spots = createSpots(part("spots"), (about) => view.point?.(about));
  /** @type {Tab} */
  const tab = {
    root,
    frame,
    words: createWords(texts),
    changed: () => question.changed(),
    redraw: show,
    paint: () => figure.redraw(),
    size: () => [canvas.clientWidth, canvas.clientHeight],
    openLayer: (layer) => open(createLayer(tab, layer, overview.layers?.()[layer].shown)),
    openMap: (layer, channel, of = null) => open(createMap(tab, layer, channel, of)),
  };
  const overview = createOverview(tab);
  const pin = createPin(part("pin"), text);
  let home = homeView();
  let view = home;

  function homeView() {
    const kept = pinnedDrawing();
    return kept ? createComparison(tab, kept) : overview;
  }

  function open(/** @type {View} */ next) {
    view.leave?.();
    view = next;
    view.enter?.();
    show();
    question.changed();
  }

  function back() {
    const { layer, channel, of } = view;
    const hadFocus = root.contains(document.activeElement);
    open(home);
    if (hadFocus && channel !== undefined) spots.focus(home.keyOf?.({ layer, channel, of }) ?? "");
  }

  /* Drawing */

  function heightFor(width) {
    const isFree = width < NARROW;
    frame.classList.toggle("free", isFree);
    return isFree ? view.heightAt(width) : frame.clientHeight;
  }

  function draw(pen, width, height) {
    pen.isDark = isDark();
    pen.ground = pen.paper; // of the page; maps have their own
    pen.paper = pen.isDark ? "#000004" : "#fffdf8";
    root.querySelector(".ramp").style.background = rampOf(pen.isDark || Boolean(view.isInSpace?.()));
    const next = view.draw(pen, width, height);
    if (next) spots.set(next); // until then the last view's buttons keep the focus
  }

  function show() {
    const unit = view.unit?.();
    root.dataset.view = view.name;
    Object.assign(root.dataset, view.facts?.());
    part("back").hidden = view === home;
    const { name = "", isPressed, words = "" } = view.button?.() ?? {};
    Object.assign(own, { hidden: !name, textContent: words, ariaPressed: isPressed === undefined ? null : String(isPressed) });
    own.dataset.testid = name;
    part("sums").hidden = !unit;
    if (unit) showSums(part("sums"), unit, texts);
    root.querySelector(".legend").hidden = view !== home || !view.hasInk?.();
    pin.show(view === home);
    setExplained(part("heading"), view.heading() || part("heading").dataset.sentence || "", text);
    setExplained(part("told"), view.sentence(), text);
    figure.redraw();
  }

  /* Questions */

  const question = createQuestion({
    subject: () => ({ drawing: view.of ?? currentDrawing() ?? BLANK, view, ...view.question() }),
    ask: ({ drawing, view: asked, ...more }) => asked.ask(drawing.pixels, more),
    isValid: (answer) => answer?.bytes instanceof Uint8Array
      && Array.isArray(answer.head?.layers ?? answer.head?.shape),
    isStillAbout: (asked, now) => asked.view === now.view,
    show(answer, asked) {
      asked.view.take(answer, asked.drawing);
      tellOutcome({ tab: "network", drawing: currentDrawing(), view: asked.view.name });
      updates += 1;
      root.dataset.updates = String(updates);
      show();
    },
    mayAsk: () => isSeen(),
    pause: PAUSE,
    onState(state) {
      tellState(state);
      if (state.name === "refused") view.forget?.();
      if (state.name === "done") view.rest?.();
    },
  });
  const isSeen = watchSight(root, () => question.changed());
  const endPinned = onPinned(() => {
    const wasHome = view === home;
    home = homeView();
    if (wasHome) open(home);
  });

  onDrawing(root, question, () => {
    if (!currentDrawing()) view.restart?.();
    pin.show(view === home);
    question.changed();
  }, () => {
    endPinned();
    pin.end();
  });

  function pressEscape(event) {
    if (event.key !== "Escape" || view === home) return;
    back();
    event.preventDefault();
    event.stopPropagation();
  }

  function hover({ clientX, clientY }) {
    const box = canvas.getBoundingClientRect();
    const scale = canvas.clientWidth / box.width; // a projector's stage is enlarged
    view.hover?.((clientX - box.left) * scale, (clientY - box.top) * scale);
  }

  root.addEventListener("keydown", pressEscape);
  part("back").addEventListener("click", back);
  own.addEventListener("click", async () => {
    await view.button?.()?.press();
    show();
  });
  frame.addEventListener("pointermove", hover);
  frame.addEventListener("pointerdown", hover);
  show();
  question.changed();
}

/** The button, and the key F, that keep the pad's drawing for a comparison. @param {HTMLElement} button
 * @param {(key: string) => string} text */
function createPin(button, text) {
  /* An example that draws itself is not kept: the first touch removes it. */
  const keepable = () => (currentDrawing()?.isExample ? null : currentDrawing());

  function toggle() {
    if (pinnedDrawing()) setPinned(null);
    else if (keepable()) setPinned(keepable());
  }

  function pressKey(event) {
    if (event.key.toLowerCase() !== "f" || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (isTyping(event.target) || !button.checkVisibility()) return;
    toggle();
    event.preventDefault();
  }

  button.addEventListener("click", toggle);
  document.addEventListener("keydown", pressKey);
  return {
    show(isUseful) {
      const isPinned = pinnedDrawing() !== null;
      button.hidden = !isUseful;
      button.textContent = text(isPinned ? "network_unpin" : "network_pin");
      button.title = text(isPinned ? "network_unpin_hint" : "network_pin_hint");
      button.setAttribute("aria-disabled", String(!isPinned && !keepable())); // keeps the focus
    },
    end: () => document.removeEventListener("keydown", pressKey),
  };
}
