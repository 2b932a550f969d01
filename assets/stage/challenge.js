/* A challenge's score: of the drawing on the pad now, and in the fragment of a link. */

/** @typedef {{name: string, score: number}} Challenge */
/** @type {Challenge | null} */
let present = null;

/** The challenge that the drawing on the pad has won. */
export const currentChallenge = () => present;

export function setChallenge(/** @type {Challenge | null} */ next) {
  present = next;
}

/** What a link's fragment says after the drawing. @param {Challenge | null} challenge */
export const challengeFragment = (challenge) => (
  challenge ? `&score=${challenge.name}-${challenge.score.toFixed(4)}` : "");

/** @param {string} fragment @returns {Challenge | null} */
export function challengeIn(fragment) {
  const [, name, score] = /&score=([a-z]+)-(\d{1,3}(?:\.\d{1,4})?)$/.exec(fragment) ?? [];
  return name ? { name, score: Number(score) } : null;
}

/** The score in words. @param {Challenge} challenge
 * @param {Pick<ReturnType<typeof import("../shared/texts.js").createTexts>, "text" | "number">} texts */
export const scoreWords = ({ name, score }, { text, number }) => (
  text(`tour_score_${name}`, { value: name === "ink" ? number(100 * score) : number(score) }));

/** @type {(...args: Parameters<typeof scoreWords>) => string} */
export const challengeWords = (challenge, texts) => texts.text("share_challenge", { score: scoreWords(challenge, texts) });
