/* A network that is taught in a worker, and its state:
 *
 *  - idle: there is no network;
 *  - loading: the digits, TensorFlow.js or a file are on their way;
 *  - training: it learns, or is judged;
 *  - trained: there is a network, and it rests;
 *  - failed: there is no network, since the last try failed.
 *
 * Commands are carried out one after another. The worker starts when it is first needed and lives as
 * long as the page; every call waits until the worker is ready.
 */
import { none } from "./examples.js";
import { stepsFor } from "./networks.js";

/**
 * @typedef {"idle" | "loading" | "training" | "trained" | "failed"} State
 * @typedef {import("./choices.js").Choices} Choices
 * @typedef {import("./examples.js").Examples} Examples
 * @typedef {import("./worker.js").Picture} Picture
 * @typedef {import("./worker.js").Report} Report
 * @typedef {{call(name: string, argument?: unknown): Promise<any>, end(): void}} Teacher
 * @typedef {{held: Uint8Array, shown: Uint8Array}} Judgement digits read: held out, and shown
 * @typedef {object} Options
 * @property {(onReport: (report: Report) => void, onEnd: () => void) => Teacher} createTeacher
 * @property {(signal: AbortSignal) => Promise<Examples>} getHeldOut
 * @property {(choices: Choices, signal: AbortSignal) => Promise<Examples>} getShown
 * @property {(state: State) => void} onState
 * @property {(choices: Choices, picture: Picture | null) => void} onNetwork there is another network
 * @property {(report: Report) => void} onReport
 * @property {(judgement: Judgement) => void} onJudgement
 */

const stopped = () => new DOMException("It was stopped.", "AbortError");

/** @param {Options} options */
export function createSession({ createTeacher, getHeldOut, getShown, onState, onNetwork, onReport, onJudgement }) {
  /** @type {State} */
  let state = "idle";
  /** @type {{choices: Choices, shown: Examples} | null} */
  let network = null; // the worker's, with the digits that it was shown
  /** @type {Teacher | null} */
  let teacher = null;
  /** @type {Promise<Teacher> | null} */
  let ready = null; // `teacher`, once it can be used
  /** @type {Examples | null} */
  let held = null;
  /** @type {Promise<unknown>} */
  let last = Promise.resolve(); // the last command
  let loading = new AbortController();
  let isEnded = false;

  /** @param {State} next */
  function set(next) {
    if (state === next || isEnded) return;
    state = next;
    onState(state);
  }

  /** @returns {Promise<Teacher>} */
  function theTeacher() {
    if (isEnded) throw stopped();
    ready ??= start();
    return ready;
  }

  async function start() {
    const started = createTeacher(onReport, () => lose(started));
    teacher = started;
    try {
      await started.call("load");
    } catch (error) {
      lose(started);
      throw error;
    }
    return started;
  }

  /* The worker has ended, and the network with it. */
  function lose(/** @type {Teacher} */ lost) {
    lost.end();
    if (lost !== teacher) return;
    teacher = ready = network = null;
    if (state === "trained") set("failed"); // else the present command fails
  }

  /** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  function inTurn(work) {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  }

  /** Stops the present command, then does the next. @param {(signal: AbortSignal) => Promise<void>} work */
  function command(work) {
    stop();
    const { signal } = loading = new AbortController();
    return inTurn(async () => {
      set("loading");
      try {
        await work(signal);
        set("trained");
      } catch (error) {
        const isWanted = /** @type {Error} */ (error).name === "AbortError";
        set(network ? "trained" : isWanted ? "idle" : "failed");
        throw error;
      }
    });
  }

  /**
   * Shows the worker other digits, makes or opens a network if there is a call for that, and trains if it should.
   * @param {{choices: Choices, call?: string, argument?: unknown, isTrained?: boolean}} lesson
   * @param {AbortSignal} signal
   */
  async function carryOut({ choices, call, argument, isTrained }, signal) {
    const shown = await getShown(choices, signal);
    held ??= await getHeldOut(signal);
    const worker = await theTeacher();
    signal.throwIfAborted();
    await worker.call("examples", { held, shown });
    if (call === "begin") network = null; // until the worker has the next
    if (call) onNetwork(choices, (await worker.call(call, argument)).picture);
    else if (!network) throw new Error("The worker has ended meanwhile, and the network with it.");
    network = { choices, shown };
    if (isTrained) {
      signal.throwIfAborted();
      if (!shown.told.length) throw new Error("There is nothing to learn from.");
      set("training");
      await worker.call("train", stepsFor(choices.network, shown.told.length));
    }
    const judgement = await worker.call("judge");
    if (isTrained) onReport(judgement.report);
    onJudgement(judgement);
  }

  function stop() {
    loading.abort(stopped());
    if (state === "training") teacher?.call("stop").catch(() => {});
  }

  return {
    state: () => state,
    isBusy: () => state === "loading" || state === "training",
    /** What the network was shown; null if there is none. @returns {Choices | null} */
    choices: () => network && network.choices,
    /** @returns {Examples | null} */
    heldOut: () => held,
    /** @returns {Examples} */
    shown: () => network?.shown ?? none(),
    /** Teaches a new network. @param {Choices} choices */
    teach: (choices) => command((signal) => (
      carryOut({ choices, call: "begin", argument: choices, isTrained: true }, signal))),
    /** Trains the present network on, with so many of each digit. @param {number} each */
    trainOn: (each) => command(async (signal) => {
      if (!network) throw stopped();
      await carryOut({ choices: { ...network.choices, each }, isTrained: true }, signal);
    }),
    /** Opens a saved network. @param {() => Promise<{choices: Choices, saved: unknown}>} read */
    open: (read) => command(async (signal) => {
      const { choices, saved } = await read();
      await carryOut({ choices, call: "open", argument: saved }, signal);
    }),
    stop,
    /** The network as TensorFlow.js saves it, and what it was shown; null if there is none. */
    save: () => inTurn(async () => {
      if (!network) return null;
      const { choices } = network;
      return { choices, saved: await (await theTeacher()).call("save") };
    }),
    /** Ten probabilities for each image; undefined without a network. @param {Uint8Array} pixels */
    read: async (pixels) => (network && teacher ? teacher.call("read", pixels) : undefined),
    /** The page has gone: the worker ends. */
    end() {
      isEnded = true;
      teacher?.end();
    },
  };
}
