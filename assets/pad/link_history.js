/* Which drawing the address holds, and what back and forward, a link and a reload bring to the pad.
 *
 * A link that is opened begins a visit, which has one drawing. All entries that the stage adds to the
 * browser's history meanwhile belong to the same visit: between them only the answer changes, and the
 * drawing stays. The state of each entry names its visit.
 */
import { linkTo, strokesIn } from "./link.js";

/** @typedef {import("./drawing.js").State} State */
/** @typedef {import("../shared/strokes.js").Stroke} Stroke */
/** @typedef {import("../shared/kept_drawing.js").KeptVisits} KeptVisits */

const MAX_LEFT = 50; // visits; a browser's history has no more entries

/** The browser's history and address. */
const PLACE = {
  fragment: () => location.hash,
  /** @returns {{visit?: string} | null} of the history's entry */
  state: () => history.state,
  /** @param {object} state @param {string} fragment */
  replace(state, fragment) {
    history.replaceState(state, "", location.pathname + location.search + fragment);
  },
};

/**
 * @param {object} pad
 * @param {() => State} pad.now what the visitor has on it
 * @param {(next: Partial<State>) => void} pad.show puts this on it; one undo brings back what was there
 * @param {() => void} onBroken the address holds a drawing that cannot be read
 * @param {typeof PLACE} place
 */
export function createLinkHistory({ now, show }, onBroken, place = PLACE) {
  /** @type {string | null} */
  let visit = null; // whose drawing is on the pad
  let isLinked = false; // the address holds what is on the pad
  /** @type {Map<string, Partial<State>>} */
  const left = new Map(); // what was on the pad when other visits were left

  const isOnPad = (/** @type {Stroke[]} */ strokes) => linkTo(now().strokes) === linkTo(strokes);

  function addressed() {
    try {
      return strokesIn(place.fragment());
    } catch {
      onBroken();
      return null;
    }
  }

  /* Another entry of the history is the present one: its address, or what its visit left, is put on the
   * pad. Within a visit the drawing stays, and the address tells the truth.
   */
  function arrive() {
    const strokes = addressed();
    const isNew = visit === null || (strokes !== null && !isOnPad(strokes));
    const next = place.state()?.visit ?? (isNew ? `${Date.now()}-${Math.random()}` : visit);
    if (next !== visit) {
      if (visit !== null) left.set(visit, now());
      if (left.size > MAX_LEFT) left.delete([...left.keys()][0]);
      visit = /** @type {string} */ (next);
      const wanted = strokes ? { strokes } : left.get(visit);
      left.delete(visit);
      isLinked = false; // nor does the address lose its drawing when it is shown
      if (wanted && !(strokes && isOnPad(strokes))) show(wanted);
    }
    isLinked = strokes !== null && isOnPad(strokes);
    const isUntrue = strokes !== null && !isLinked;
    place.replace({ ...place.state(), visit }, isUntrue ? "" : place.fragment());
  }

  return {
    arrive,
    /** The page has loaded, and what was kept is on the pad. @param {KeptVisits} kept */
    begin(kept) {
      visit = kept.visit;
      for (const [name, fragment] of Object.entries(kept.left)) {
        try {
          left.set(name, { strokes: strokesIn(fragment) ?? [] });
        } catch {
          // not ours: nothing is known of that visit
        }
      }
      arrive();
    },
    /* The drawing has changed: the address does not hold it. */
    changed() {
      if (isLinked) place.replace(place.state() ?? {}, "");
      isLinked = false;
    },
    /* Puts the drawing into the address, and `more` after it; false if it is too long. */
    share(more = "") {
      const fragment = linkTo(now().strokes);
      if (fragment) place.replace({ ...place.state(), visit }, fragment + more);
      isLinked ||= fragment !== null;
      return fragment !== null;
    },
    /** What is to be kept for a reload. @returns {KeptVisits} */
    kept() {
      const fragments = [...left].flatMap(([name, { strokes = [], picture }]) => {
        const fragment = picture ? null : strokes.length ? linkTo(strokes) : "";
        return fragment === null ? [] : [[name, fragment]];
      });
      return { visit, left: Object.fromEntries(fragments) };
    },
  };
}
