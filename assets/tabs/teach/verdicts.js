/* What a network reads of what it was not shown, kind by kind, and which choice explains what it
 * gets wrong.
 */
import { HABITS, USUAL } from "./choices.js";

/** @typedef {import("./choices.js").Choices} Choices */
/** @typedef {{key: string, values: Record<string, any>}} Sentence of the page's texts; `habit` in `values` is a name
 *   in HABITS */

/** Of held-out digits, as in `lesson.GROUPS`. */
export const GROUPS = ["everybody", "slashed-0", "plain-0", "flagged-1", "plain-1", "crossed-7", "plain-7",
  "slanted", "moved"];

const GAP = 0.15; // in the share read right: less may be chance in 80 digits
const FEW = 10; // of each

/**
 * The share of each group that was read right.
 * @param {import("./examples.js").Examples} held @param {Uint8Array} read
 * @returns {Record<string, number>}
 */
export function sharesRight(held, read) {
  return Object.fromEntries(GROUPS.map((name, group) => {
    const all = [...held.group.keys()].filter((i) => held.group[i] === group);
    return [name, all.filter((i) => read[i] === held.truth[i]).length / (all.length || 1)];
  }));
}

/**
 * The kinds that are shown next to each other, those that it was never shown marked.
 * @param {Choices} choices
 */
export function kindsFor(choices) {
  const isWritten = choices.hands !== "own";
  const habits = Object.entries(HABITS).flatMap(([habit, digit]) => {
    const isShown = isWritten && choices.digits.includes(digit);
    return [{ name: `plain-${digit}`, isShown }, { name: habit, isShown: isShown && !choices.without.includes(habit) }];
  });
  return [...habits, { name: "slanted", isShown: isWritten && choices.hands !== "neat" },
    { name: "moved", isShown: isWritten && choices.anywhere }];
}

/**
 * What explains its mistakes, the largest first; at least one sentence.
 * @param {Choices} choices
 * @param {Record<string, number>} right of each group
 * @param {boolean} isMoved it is shown the pad's drawing out of the middle
 * @param {{shown: number, wrong: number, byHeart: number}} learned share of what it was shown that it
 *   reads as told; how many labels were wrong, and how many of these it repeats
 * @returns {Sentence[]}
 */
export function reasons(choices, right, isMoved, { shown, wrong, byHeart }) {
  const percent = (/** @type {number} */ value) => Math.round(100 * value);
  const isWritten = choices.hands !== "own";
  const missing = USUAL.digits.filter((digit) => !choices.digits.includes(digit));
  const out = right.everybody - right.moved;
  const habits = choices.without.filter((habit) => choices.digits.includes(HABITS[habit])).map((habit) => {
    const plain = right[`plain-${HABITS[habit]}`];
    return { habit, gap: plain - right[habit], values: { plain: percent(plain), other: percent(right[habit]) } };
  });
  /** How much each explains, if it holds. @type {[boolean, number, string, Record<string, any>][]} */
  const all = [
    [missing.length > 0, 2, "digits", { digits: missing.join(", ") }],
    ...habits.map(({ habit, gap, values }) => /** @type {[boolean, number, string, object]} */ (
      [isWritten && gap > GAP, 1 + gap, "habit", { habit, ...values }])),
    [!isWritten, 1, "own", {}],
    [isWritten && choices.each <= FEW, 1, "few", { each: choices.each, shown: percent(shown) }],
    [isWritten && choices.hands !== "anybody" && right.everybody < 0.9, 1 - right.everybody, "hands", {}],
    [wrong > 0, 0.9, "wrong", { wrong, heart: byHeart }],
    [isMoved && !choices.anywhere && out > GAP, out, "middle", { moved: percent(right.moved) }],
  ];
  const found = all.filter(([holds]) => holds).sort((a, b) => b[1] - a[1]);
  if (!found.length) found.push([true, 0, "nothing", {}]);
  return found.map(([, , key, values]) => ({ key: `teach_why_${key}`, values: { held: percent(right.everybody), ...values } }));
}

/**
 * Why it may read the pad's drawing otherwise than the page's own network does.
 * @param {Choices} choices @param {number} usual what the page's own reads @param {number} taught
 * @param {boolean} isMoved it is shown the drawing out of the middle
 * @returns {Sentence | null}
 */
export function reasonForDrawing(choices, usual, taught, isMoved) {
  if (usual === taught) return null;
  const habit = choices.without.find((name) => HABITS[name] === usual);
  /** @type {[string, unknown][]} */
  const all = [["digit", !choices.digits.includes(usual)], ["middle", isMoved && !choices.anywhere],
    ["own", choices.hands === "own"], ["habit", habit], ["few", choices.each <= FEW], ["wrong", choices.wrong]];
  const [key] = all.find(([, holds]) => holds) ?? ["other"];
  return { key: `teach_pad_${key}`, values: { digit: usual, each: choices.each, habit } };
}

/** A sentence in the page's words. @param {(key: string, values?: Record<string, unknown>) => string} text
 * @param {Sentence} sentence */
export function worded(text, { key, values: { habit, ...values } }) {
  const kinds = habit && { kind: text(`teach_${habit}`, {}), others: text(`teach_plain-${HABITS[habit]}`, {}) };
  return text(key, { ...values, ...kinds });
}
