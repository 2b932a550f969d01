/* The experiment of the tour that was begun: {strokes, tab, choices}. A tab that is opened only now
 * takes its choices later, once. And what the open answers show, for the tour to see what was done.
 */

/** @typedef {{name: string, strokes: number[][][], tab: string,
 *   choices: Record<string, string>}} Experiment */
/** @typedef {{tab: string, drawing: unknown, [fact: string]: any}} Outcome `drawing`: that it is about,
 *   as `currentDrawing()` gave it */
/** @type {Experiment | null} */
let begun = null;
/** @type {Set<(experiment: Experiment) => void>} */
const listeners = new Set();
/** @type {Set<(outcome: Outcome) => void>} */
const watchers = new Set();

export function beginExperiment(/** @type {Experiment} */ experiment) {
  begun = experiment;
  for (const listener of [...listeners]) listener(experiment);
}

export function onExperiment(/** @type {(experiment: Experiment) => void} */ listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/* The choices for a tab; null if none are left for it. */
export function takeChoices(/** @type {string} */ tab) {
  if (!begun || begun.tab !== tab) return null;
  const { choices } = begun;
  begun = null;
  return choices;
}

/* An answer is shown, or something in it was chosen. */
export function tellOutcome(/** @type {Outcome} */ outcome) {
  for (const watcher of [...watchers]) watcher(outcome);
}

export function onOutcome(/** @type {(outcome: Outcome) => void} */ watcher) {
  watchers.add(watcher);
}
