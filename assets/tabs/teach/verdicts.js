/* What a network reads of what it was not shown, kind by kind, and which choice explains what it
 * gets wrong.
 */
import { HABITS } from "./choices.js";

/** @typedef {import("./choices.js").Choices} Choices */
/** @typedef {{key: string, values: Record<string, any>}} Sentence of the page's texts; `habit` in `values` is a name
 *   in HABITS */

/** Of held-out digits, as in `lesson.GROUPS`. */
export const GROUPS = ["everybody", "slashed-0", "plain-0", "flagged-1", "plain-1", "crossed-7", "plain-7",
  "slanted", "moved"];

const GAP = 0.15; // in the share read right: less may be chance in 80 digits
const FEW = 10; // of each

/**
 * How many of each group were read right; "everybody" as `[right, all]` by digit, too.
 * @param {import("./examples.js").Examples} held @param {Uint8Array} read
 */
export function countRight(held, read) {
  /** @type {Record<string, {right: number, all: number}>} */
  const groups = Object.fromEntries(GROUPS.map((name) => [name, { right: 0, all: 0 }]));
  const digits = Array.from({ length: 10 }, () => ({ right: 0, all: 0 }));
  read.forEach((digit, i) => {
    const counts = [groups[GROUPS[held.group[i]]]];
    if (held.group[i] === 0) counts.push(digits[held.truth[i]]);
    for (const count of counts) {
      count.all += 1;
      count.right += Number(digit === held.truth[i]);
    }
  });
  return { groups, digits };
}

/** @param {{right: number, all: number}} count */
export const share = ({ right, all }) => (all ? right / all : 0);

/**
 * The kinds that are shown beside each other, those that it was never shown marked.
 * @param {Choices} choices
 */
export function kindsFor(choices) {
  const only = choices.hands === "own";
  const kinds = [];
  for (const [habit, digit] of Object.entries(HABITS)) {
    const isKnown = choices.digits.includes(digit);
    kinds.push({ name: `plain-${digit}`, isShown: isKnown && !only });
    kinds.push({ name: habit, isShown: isKnown && !only && !choices.without.includes(habit) });
  }
  kinds.push({ name: "slanted", isShown: !only && choices.hands !== "neat" });
  kinds.push({ name: "moved", isShown: !only && choices.anywhere });
  return kinds;
}

/**
 * What explains its mistakes, the largest first; at least one sentence.
 * @param {Choices} choices
 * @param {ReturnType<typeof countRight>} counts
 * @param {boolean} isMoved it is shown the pad's drawing out of the middle
 * @param {{shown: number, wrong: number, byHeart: number}} learned share of what it was shown that it
 *   reads as told; how many labels were wrong, and how many of these it repeats
 * @returns {Sentence[]}
 */
export function reasons(choices, { groups, digits }, isMoved, { shown, wrong, byHeart }) {
  const of = (/** @type {string} */ name) => share(groups[name]);
  const percent = (/** @type {number} */ value) => Math.round(100 * value);
  const everybody = of("everybody");
  /** @type {{gap: number, sentence: Sentence}[]} */
  const found = [];
  const say = (/** @type {number} */ gap, /** @type {string} */ key, values = {}) =>
    found.push({ gap, sentence: { key: `teach_why_${key}`, values } });

  const missing = digits.map((_, digit) => digit).filter((digit) => !choices.digits.includes(digit));
  if (missing.length) say(2, "digits", { digits: missing.join(", ") });
  if (choices.hands === "own") {
    say(1, "own", { held: percent(everybody) });
  } else {
    for (const name of choices.without) {
      const digit = HABITS[name];
      const gap = of(`plain-${digit}`) - of(name);
      if (choices.digits.includes(digit) && gap > GAP) {
        say(1 + gap, "habit", { habit: name, plain: percent(of(`plain-${digit}`)), other: percent(of(name)) });
      }
    }
    if (choices.hands !== "anybody" && everybody < 0.9) say(1 - everybody, "hands", { held: percent(everybody) });
    if (choices.each <= FEW) say(1, "few", { each: choices.each, shown: percent(shown), held: percent(everybody) });
  }
  if (wrong) say(0.9, "wrong", { wrong, heart: byHeart });
  const out = everybody - of("moved");
  if (isMoved && !choices.anywhere && out > GAP) say(out, "middle", { held: percent(everybody), moved: percent(of("moved")) });
  if (!found.length) say(0, "nothing", { held: percent(everybody) });
  return found.sort((a, b) => b.gap - a.gap).map(({ sentence }) => sentence);
}

/**
 * Why it may read the pad's drawing otherwise than the page's own network does.
 * @param {Choices} choices @param {number} usual what the page's own reads @param {number} taught
 * @param {boolean} isMoved it is shown the drawing out of the middle
 * @returns {Sentence | null}
 */
export function reasonForDrawing(choices, usual, taught, isMoved) {
  if (usual === taught) return null;
  const say = (/** @type {string} */ key, values = {}) =>
    ({ key: `teach_pad_${key}`, values: { digit: usual, each: choices.each, ...values } });
  if (!choices.digits.includes(usual)) return say("digit");
  if (isMoved && !choices.anywhere) return say("middle");
  if (choices.hands === "own") return say("own");
  const habit = choices.without.find((name) => HABITS[name] === usual);
  if (habit) return say("habit", { habit });
  if (choices.each <= FEW) return say("few");
  if (choices.wrong) return say("wrong");
  return say("other");
}

/** A sentence in the page's words. @param {(key: string, values?: Record<string, unknown>) => string} text
 * @param {Sentence} sentence */
export function worded(text, { key, values: { habit, ...values } }) {
  const kinds = habit && { kind: text(`teach_${habit}`, {}), others: text(`teach_plain-${HABITS[habit]}`, {}) };
  return text(key, { ...values, ...kinds });
}
