/* The experiment of the tour that was begun: {strokes, tab, choices}. A tab that is opened only now
 * takes its choices later, once. And what the open answers show, for the tour to see what was done.
 */

import { createListeners } from "./listeners.js";

/** @typedef {{name: string, strokes: number[][][], tab: string,
 *   choices: Record<string, string>}} Experiment */
/** @typedef {{tab: string, drawing: unknown, [fact: string]: any}} Outcome `drawing`: that it is about,
 *   as `currentDrawing()` gave it */
/** @type {Experiment | null} */
let begun = null;
/** @type {ReturnType<typeof createListeners<[Experiment]>>} */
const listeners = createListeners();
/** @type {ReturnType<typeof createListeners<[Outcome]>>} */
const watchers = createListeners();

export function beginExperiment(/** @type {Experiment} */ experiment) {
  begun = experiment;
  listeners.tell(experiment);
}

/* Returns what ends it. */
export const onExperiment = listeners.add;

/* The choices for a tab; null if none are left for it. */
export function takeChoices(/** @type {string} */ tab) {
  if (!begun || begun.tab !== tab) return null;
  const { choices } = begun;
  begun = null;
  return choices;
}

/* An answer is shown, or something in it was chosen. */
export const tellOutcome = watchers.tell;

/* Returns what ends it. */
export const onOutcome = watchers.add;
