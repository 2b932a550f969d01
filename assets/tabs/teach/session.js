/* A network that is taught in a worker, and its state:
 *
 *  - idle: there is no network;
 *  - loading: the digits, TensorFlow.js or a file are on their way;
 *  - training: it learns, or is judged;
 *  - trained: there is a network, and it rests;
 *  - failed: there is no network, since the last try failed.
 *
 * Commands are carried out one after another. The worker starts when it is first needed and lives as
 * long as the page; whoever asks for it waits until it is ready.
 */
import { joined, none } from "./examples.js";
import { stepsFor } from "./networks.js";

/**
 * @typedef {"idle" | "loading" | "training" | "trained" | "failed"} State
 * @typedef {import("./choices.js").Choices} Choices
 * @typedef {import("./worker.js").Examples} Examples
 * @typedef {import("./worker.js").Picture} Picture
 * @typedef {import("./worker.js").Report} Report
 * @typedef {{call(name: string, argument?: unknown): Promise<any>, end(): void}} Teacher
 * @typedef {{held: Uint8Array, shown: Uint8Array}} Judgement digits read: held out, and shown
 * @typedef {object} Options
 * @property {(onReport: (report: Report) => void, onEnd: () => void) => Teacher} createTeacher
 * @property {() => Promise<Examples>} getHeldOut
 * @property {(choices: Choices, skip: number) => Promise<Examples[]>} getShown without the first
 *   `skip` of each digit
 * @property {() => void} cancel what is being got; it is rejected
 * @property {(state: State) => void} onState
 * @property {(choices: Choices, picture: Picture | null) => void} onNetwork another network is there
 * @property {(report: Report) => void} onReport
 * @property {(judgement: Judgement) => void} onJudgement
 */

const stopped = () => new DOMException("It was stopped.", "AbortError");

/** @param {Options} options */
export function createSession({
  createTeacher, getHeldOut, getShown, cancel, onState, onNetwork, onReport, onJudgement,
}) {
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
  /** @type {Uint8Array | null} */
  let pad = null;
  /** @type {Promise<unknown>} */
  let last = Promise.resolve(); // the last command
  let isStopped = false;
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
    const one = createTeacher((report) => onReport(report), () => lose(one));
    teacher = one;
    try {
      await one.call("load");
    } catch (error) {
      lose(one);
      throw error;
    }
    one.call("pad", pad).catch(() => {});
    return one;
  }

  /* The worker has ended, and the network with it. */
  function lose(/** @type {Teacher} */ one) {
    one.end();
    if (one !== teacher) return;
    teacher = ready = network = null;
    if (state === "trained") set("failed"); // else the command that is under way fails
  }

  /** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  function inTurn(work) {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  }

  /** Stops the present command, and then does the next. @param {() => Promise<void>} work */
  function command(work) {
    stop();
    return inTurn(async () => {
      isStopped = false;
      set("loading");
      try {
        await work();
        set("trained");
      } catch (error) {
        const isWanted = /** @type {Error} */ (error).name === "AbortError";
        set(network ? "trained" : isWanted ? "idle" : "failed");
        throw error;
      }
    });
  }

  /** @template T @param {Promise<T>} step @returns {Promise<T>} rejected if it was stopped meanwhile */
  async function unlessStopped(step) {
    const found = await step;
    if (isStopped) throw stopped();
    return found;
  }

  async function prepared() {
    held ??= await unlessStopped(getHeldOut());
    const one = await unlessStopped(theTeacher());
    await one.call("holdOut", held);
    return one;
  }

  /** @param {Teacher} one */
  async function judge(one) {
    onJudgement(await one.call("judge"));
  }

  /** @param {Teacher} one @param {{choices: Choices, shown: Examples}} taught */
  async function train(one, { choices, shown }) {
    set("training");
    onReport(await one.call("train", stepsFor(choices.network, shown.told.length)));
    await judge(one);
  }

  /** @param {Choices} choices @param {Examples[]} [before] what it was shown already */
  async function show(choices, before = []) {
    const skip = before.length && network ? network.choices.each : 0;
    const shown = joined([...before, ...await unlessStopped(getShown(choices, skip))]);
    const one = await prepared();
    return { one, shown };
  }

  /** @param {Teacher} one @param {Choices} choices @param {Examples} shown */
  async function trainOn(one, choices, shown) {
    await one.call("show", shown);
    network = { choices, shown };
    await train(one, network);
  }

  function stop() {
    if (state === "loading") {
      isStopped = true;
      cancel();
    } else if (state === "training") {
      teacher?.call("stop").catch(() => {});
    }
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
    teach: (choices) => command(async () => {
      const { one, shown } = await show(choices);
      network = null; // the worker's is another from here on
      const { picture } = await one.call("begin", { name: choices.network, seed: choices.seed });
      onNetwork(choices, picture);
      await trainOn(one, choices, shown);
    }),
    /** Trains the present network on, on what it was shown, or on so many of each digit.
     * @param {number} [each] */
    trainOn: (each) => command(async () => {
      if (!network) throw stopped();
      const { choices, shown } = network;
      const isKnown = shown.told.length > 0; // not what a file's network was shown
      const more = { ...choices, each: each ?? choices.each };
      const next = isKnown && each === undefined ? { one: await theTeacher(), shown }
        : await show(more, isKnown ? [shown] : []);
      if (!network) throw new Error("The worker has ended meanwhile, and the network with it.");
      await trainOn(next.one, more, next.shown);
    }),
    /** Opens a saved network. @param {() => Promise<{choices: Choices} & Record<string, any>>} read */
    open: (read) => command(async () => {
      const { choices, ...saved } = await unlessStopped(read());
      const one = await prepared();
      const { picture } = await one.call("open", { name: choices.network, ...saved });
      network = { choices, shown: none() };
      onNetwork(choices, picture);
      await one.call("show", network.shown);
      await judge(one);
    }),
    stop,
    /** The network as TensorFlow.js saves it, and what it was shown; null if there is none. */
    save: () => inTurn(async () => {
      if (!network) return null;
      const { choices } = network;
      return { saved: await (await theTeacher()).call("save"), choices };
    }),
    /** Ten probabilities for each image; undefined without a network. @param {Uint8Array} pixels */
    read: async (pixels) => (network && teacher ? teacher.call("read", pixels) : undefined),
    /** What is on the pad, for the reports. @param {Uint8Array | null} pixels */
    pad(pixels) {
      pad = pixels;
      ready?.then((one) => one.call("pad", pad)).catch(() => {});
    },
    /** The page has gone: the worker ends. */
    end() {
      isEnded = true;
      teacher?.end();
    },
  };
}
