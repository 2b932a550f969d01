/* The tour's current step: {strokes, tab, choices}. The pad takes its drawing and the tab its choices, each once,
 * perhaps later: their modules may still be on the way. And what the tabs show, so that the tour sees what was done.
 */

import { createListeners } from "./listeners.js";

/** @typedef {{name: string, strokes: number[][][], tab: string,
 *   choices: Record<string, string>}} Experiment */
/** @typedef {{tab: string, drawing: unknown, [fact: string]: any}} Outcome `drawing`: the one that
 *   the answer is about, from `currentDrawing()` */
/** @type {Experiment["strokes"] | null} */
let drawing = null; // not yet taken
/** @type {Pick<Experiment, "tab" | "choices"> | null} */
let choosing = null; // not yet taken
/** @type {ReturnType<typeof createListeners<[]>>} */
const listeners = createListeners();
/** @type {ReturnType<typeof createListeners<[Outcome]>>} */
const watchers = createListeners();

export function beginExperiment(/** @type {Experiment} */ experiment) {
  drawing = experiment.strokes;
  choosing = experiment;
  listeners.tell();
}

/* Returns a function that unsubscribes. */
export const onExperiment = listeners.add;

/* The drawing for the pad; null if it has been taken. */
export function takeDrawing() {
  const taken = drawing;
  drawing = null;
  return taken;
}

/* The choices for a tab; null if none are left for it. */
export function takeChoices(/** @type {string} */ tab) {
  if (choosing?.tab !== tab) return null;
  const { choices } = choosing;
  choosing = null;
  return choices;
}

/* To be called when an answer is shown, or something in it was chosen. */
export const tellOutcome = watchers.tell;

/* Returns a function that unsubscribes. */
export const onOutcome = watchers.add;
