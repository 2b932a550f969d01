/* The experiment of the tour that was begun: {strokes, tab, choices}. Its drawing and its choices are
 * taken once: later, where the pad's module has not come yet or the tab is opened only now. And what
 * the open answers show, for the tour to see what was done.
 */

import { createListeners } from "./listeners.js";

/** @typedef {{name: string, strokes: number[][][], tab: string,
 *   choices: Record<string, string>}} Experiment */
/** @typedef {{tab: string, drawing: unknown, [fact: string]: any}} Outcome `drawing`: that it is about,
 *   as `currentDrawing()` gave it */
/** @type {Experiment["strokes"] | null} */
let drawing = null; // that nobody has taken yet
/** @type {Pick<Experiment, "tab" | "choices"> | null} */
let choosing = null; // as above
/** @type {ReturnType<typeof createListeners<[]>>} */
const listeners = createListeners();
/** @type {ReturnType<typeof createListeners<[Outcome]>>} */
const watchers = createListeners();

export function beginExperiment(/** @type {Experiment} */ experiment) {
  drawing = experiment.strokes;
  choosing = experiment;
  listeners.tell();
}

/* Returns what ends it. */
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

/* An answer is shown, or something in it was chosen. */
export const tellOutcome = watchers.tell;

/* Returns what ends it. */
export const onOutcome = watchers.add;
