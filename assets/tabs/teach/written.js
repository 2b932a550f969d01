/* Asks the server for digits: from its writer, and those that are held out. */
import { checked, isJson } from "../../shared/post.js";
import { createQuestion, GIVE_UP_IN_LINE_AFTER } from "../../shared/question.js";
import { unpacked } from "./examples.js";

const ADDRESS = new URL("../../../../written", import.meta.url).href; // past /modules/<version>/tabs/teach/
const HELD_OUT = `${ADDRESS}/held-out`;
const MOST_KEPT = 24; // answers

/** @param {string} address */
async function ask(address) {
  const response = checked(await fetch(address, { signal: AbortSignal.timeout(GIVE_UP_IN_LINE_AFTER) }));
  if (isJson(response)) return response.json();
  return unpacked(await response.arrayBuffer()) ?? undefined;
}

/** @param {(state: import("../../shared/question.js").State) => void} onState */
export function createWritten(onState) {
  /** @type {Map<string, import("./examples.js").Examples>} */
  const kept = new Map();
  /** @type {{address: string, resolve: (answer: any) => void, reject: (error: Error) => void} | null} */
  let wanted = null;
  const question = createQuestion({
    subject: () => wanted && { address: wanted.address },
    ask: ({ address }) => ask(address),
    show(answer, { address }) {
      kept.set(address, answer);
      if (kept.size > MOST_KEPT) kept.delete(/** @type {string} */ (kept.keys().next().value));
    },
    isValid: (answer) => answer?.images instanceof Uint8Array,
    giveUpAfter: GIVE_UP_IN_LINE_AFTER,
    onState(state) {
      onState(state);
      const one = wanted;
      if (!one || (state.name !== "done" && state.name !== "refused")) return;
      queueMicrotask(() => { // not within its own turn
        if (wanted !== one) return;
        wanted = null;
        question.changed();
        if (state.name === "done") one.resolve(kept.get(one.address));
        else one.reject(new Error(state.sentence));
      });
    },
  });

  /** @param {string} address @returns {Promise<import("./examples.js").Examples>} */
  function get(address) {
    const known = kept.get(address);
    if (known) return Promise.resolve(known);
    cancel();
    return new Promise((resolve, reject) => {
      wanted = { address, resolve, reject };
      question.changed();
    });
  }

  function cancel() {
    const one = wanted;
    wanted = null;
    question.changed();
    one?.reject(new DOMException("Another is asked for.", "AbortError"));
  }

  return {
    get: (/** @type {string} */ query) => get(`${ADDRESS}?${query}`),
    heldOut: () => get(HELD_OUT),
    cancel,
    dispose: question.dispose,
  };
}
