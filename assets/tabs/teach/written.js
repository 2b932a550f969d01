/* Sheets of written digits: the server's files, each fetched once. */
import { BUSY } from "../../shared/post.js";
import { GIVE_UP_IN_LINE_AFTER } from "../../shared/question.js";
import { chosen, imageOf, none, unpacked } from "./examples.js";
import { GROUPS } from "./verdicts.js";

const FOLDER = new URL("../../../../written/", import.meta.url); // past /modules/<version>/tabs/teach/
const RETRY_AFTER = 700; // ms, the first time; then twice as long each time
const MAX_RETRY_AFTER = 5000; // ms

/** @typedef {import("./examples.js").Examples} Examples */

/** @param {string} name @param {AbortSignal} signal @returns {Promise<Examples | "busy" | "lost">} */
async function ask(name, signal) {
  const response = await fetch(new URL(name, FOLDER), {
    signal: AbortSignal.any([signal, AbortSignal.timeout(GIVE_UP_IN_LINE_AFTER)]) });
  if (BUSY.includes(response.status)) return "busy";
  return (response.ok && unpacked(await response.arrayBuffer())) || "lost";
}

/** @param {(trouble: "" | "busy" | "lost") => void} onTrouble "": there is none any more */
export function createWritten(onTrouble) {
  /** @type {Map<string, Examples>} */
  const sheets = new Map();

  /** @param {string} name @param {AbortSignal} signal rejects @returns {Promise<Examples>} */
  async function get(name, signal) {
    for (let wait = RETRY_AFTER; ; wait = Math.min(2 * wait, MAX_RETRY_AFTER)) {
      signal.throwIfAborted();
      const known = sheets.get(name);
      if (known) return known;
      const answer = await ask(name, signal).catch(() => /** @type {const} */ ("lost"));
      if (typeof answer !== "string") {
        sheets.set(name, answer);
        onTrouble("");
      } else if (!signal.aborted) {
        onTrouble(answer);
        await new Promise((done) => setTimeout(done, wait));
      }
    }
  }

  return {
    /** @param {AbortSignal} signal */
    heldOut: (signal) => get("held-out", signal),
    /** The written examples of some choices. @param {import("./choices.js").Choices} choices
     * @param {AbortSignal} signal */
    async shown(choices, signal) {
      const { digits, each, hands, without, distorted } = choices;
      if (hands === "own") return none();
      /** @type {Record<number, Uint8Array[]>} */
      const images = Object.fromEntries(digits.map((digit) => [digit, []]));
      for (let i = 0; digits.some((digit) => images[digit].length < each); i++) {
        const sheet = await get(`${hands}${distorted ? "-distorted" : ""}/${i}`, signal);
        sheet.truth.forEach((digit, k) => {
          if (images[digit] && !without.includes(GROUPS[sheet.group[k]])) images[digit].push(imageOf(sheet, k));
        });
      }
      return chosen(choices, images);
    },
  };
}
