/* The experiment of the tour that was begun: {strokes, tab, choices}. A tab that is opened only now
 * takes its choices later, once.
 */

/** @typedef {{name: string, strokes: number[][][], tab: string,
 *   choices: Record<string, string>}} Experiment */
/** @type {Experiment | null} */
let begun = null;
/** @type {Set<(experiment: Experiment) => void>} */
const listeners = new Set();

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
