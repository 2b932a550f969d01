/* The experiment of the tour that was begun: {strokes, tab, choices}. A tab that is opened only now
 * takes its choices later, once.
 */
let begun = null;
const listeners = new Set();

export function beginExperiment(experiment) {
  begun = experiment;
  for (const listener of [...listeners]) listener(experiment);
}

export function onExperiment(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/* The choices for a tab; null if none are left for it. */
export function takeChoices(tab) {
  if (begun?.tab !== tab) return null;
  const { choices } = begun;
  begun = null;
  return choices;
}
