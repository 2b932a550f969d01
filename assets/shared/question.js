/**
 * A question that the page keeps asking its server, and what becomes of it.
 *
 * One request is on its way at a time, about what is to be asked about when it leaves. Its answer is
 * shown if it is still about that, or may stand in until the next one; else the question is asked
 * again. Whatever happens, `onState` is told. Needs no page: what the visitor sees is the caller's.
 */
export const SLOW_AFTER = 5000; // ms without an answer: the visitor is told, and it is waited for
export const GIVE_UP_AFTER = 25000; // ms without an answer: it is not coming any more
/* The same for what is answered one after another: a class that asks at once waits its turn for long. */
export const GIVE_UP_IN_LINE_AFTER = 120000;
const RETRY_AFTER = 700; // ms, the first time; then twice as long each time
const RETRY_AT_MOST = 5000; // ms
const LOOK_EVERY = 10000; // ms

/**
 * What became of the question:
 *  - blank: there is nothing to ask about;
 *  - waiting: it was not asked: not wanted yet, or not seen; nothing is shown;
 *  - working: the answer is on its way, or the question leaves after a pause;
 *  - slow: on its way, for longer than SLOW_AFTER;
 *  - done: the answer to what is to be asked about now is shown;
 *  - refused: the server has said, in `sentence`, why there is none;
 *  - lost: the server does not answer, or not as it should; it is asked again;
 *  - busy: the server has said that too many ask; it is asked again;
 *  - outdated: what is shown answers an earlier question, and no newer answer is on its way.
 * @typedef {"blank" | "waiting" | "working" | "slow" | "done" | "refused" | "lost" | "busy" |
 *   "outdated"} Name
 * @typedef {{name: Name, sentence: string}} State `sentence` is empty but for "refused"
 * @typedef {{now(): number, setTimeout(act: () => void, ms: number): unknown,
 *   clearTimeout(timer: unknown): void}} Clock in ms
 */

/**
 * @template S what is asked about
 * @template A an answer
 * @typedef {object} Options
 * @property {() => S | null} subject what is to be asked about now; null if there is nothing
 * @property {(subject: S) => Promise<unknown>} ask undefined or a rejection is no answer,
 *   `{error: sentence}` a refusal, `{busy: true}` none yet, since too many ask
 * @property {(answer: A, subject: S) => void} show throws for an answer that cannot be shown
 * @property {(state: State) => void} onState called whenever the state is another
 * @property {(answer: any) => boolean} [isValid] whether it is an answer: any object but `{}`
 * @property {(asked: S, now: S) => boolean} [isStillAbout] whether the answer about an earlier
 *   subject may be shown until there is one about this: no
 * @property {() => boolean} [mayAsk] for example whether the visitor sees it: always; call `changed`
 *   when it turns true
 * @property {boolean} [follows] whether each new subject is asked about, without `ask()`: yes
 * @property {number} [rest] ms without a new subject before it is asked about
 * @property {number} [pause] ms between an answer and the next question
 * @property {() => number} [every] ms between a question and the next, at least
 * @property {number} [tries] how often one subject is asked about in vain: without end
 * @property {number} [giveUpAfter] ms
 * @property {() => Promise<unknown> | null} [look] asks, when there is nothing to ask, only whether
 *   the server is there; null: not now
 * @property {Clock} [clock]
 */

/**
 * @template S
 * @typedef {{asked: S | null, at: number, timer: unknown, isSlow: boolean}} Request asked: null for a look
 */

/** @type {Clock} */
const CLOCK = {
  now: () => performance.now(),
  setTimeout: (act, ms) => setTimeout(act, ms),
  clearTimeout: (timer) => clearTimeout(/** @type {number} */ (timer)),
};

/** @param {any} one @param {any} other */
function haveSameFields(one, other) {
  if (Object.is(one, other)) return true;
  if (!(one instanceof Object && other instanceof Object)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length
    && names.every((name) => Object.is(one[name], other[name]));
}

/** @type {(answer: any) => boolean} */
const isBusy = (answer) => answer?.busy === true;
/** @type {(answer: any) => boolean} */
const isRefusal = (answer) => typeof answer?.error === "string" && answer.error !== "";
/** @type {(answer: any) => boolean} */
const isObject = (answer) => answer instanceof Object && (Array.isArray(answer) || Object.keys(answer).length > 0);

/**
 * Call `changed()` once when everything is set up, and whenever something may be different.
 * @template S
 * @template A
 * @param {Options<S, A>} options
 */
export function createQuestion({
  subject, ask, show, onState, isValid = isObject,
  isStillAbout = () => false, mayAsk = () => true, follows = true, rest = 0, pause = 0, every = () => 0,
  tries = Infinity, giveUpAfter = GIVE_UP_AFTER, look, clock = CLOCK,
}) {
  /** @type {Request<S> | null} */
  let request = null; // that is on its way
  /** @type {{subject: S, name: "done" | "refused", sentence: string} | null} */
  let settled = null; // the last one that was answered
  /** @type {S | null} */
  let noted = null; // the subject that was seen last
  /** @type {S | null} */
  let shown = null; // what the answer on the page is about
  let isPressed = follows; // the visitor has asked for it, or it asks by itself
  /** @type {"" | "lost" | "busy"} */
  let trouble = ""; // that the last request met
  let isDisposed = false;
  let failures = 0; // in a row
  let restsUntil = 0; // times of the clock
  let pausesUntil = 0;
  let looksAt = clock.now() + LOOK_EVERY;
  /** @type {unknown} */
  let timer; // for the next thing to do
  /** @type {State} */
  let told = { name: "waiting", sentence: "" };

  /** @param {any} answer */
  const isAnswer = (answer) => isRefusal(answer)
    || (!isBusy(answer) && answer?.error === undefined && isValid(answer));
  /** @param {S | null} one @param {S | null} other */
  const isOne = (one, other) => one !== null && other !== null && haveSameFields(one, other);
  /** @param {S} now */
  const isWanted = (now) => isPressed && failures < tries && !isOne(settled?.subject ?? null, now);

  /** @param {S | null} now @returns {State} */
  function stateOf(now) {
    if (trouble) return { name: trouble, sentence: "" };
    if (now === null) return { name: "blank", sentence: "" };
    if (request?.isSlow) return { name: "slow", sentence: "" };
    if (settled && isOne(settled.subject, now)) return settled;
    if (isWanted(now) && mayAsk()) return { name: "working", sentence: "" };
    return { name: shown === null ? "waiting" : "outdated", sentence: "" };
  }

  /** @param {S | null} now */
  function tell(now) {
    const { name, sentence } = stateOf(now);
    if (name === told.name && sentence === told.sentence) return;
    told = { name, sentence };
    onState(told);
  }

  /** @param {S | null} now */
  function note(now) {
    const isMoot = now === null || isOne(settled?.subject ?? null, now);
    if (isMoot && !look) trouble = ""; // nothing is left to be asked again
    if (now === null) {
      noted = settled = shown = null;
      isPressed = follows;
    } else if (!isOne(noted, now)) {
      noted = now;
      restsUntil = clock.now() + rest;
      if (tries < Infinity) failures = 0;
    }
  }

  /** Does what is due now, or sets the timer for it. */
  function next() {
    clock.clearTimeout(timer);
    if (isDisposed) return;
    const now = subject();
    note(now);
    if (!request) {
      const isDue = now !== null && isWanted(now) && mayAsk();
      const at = isDue ? Math.max(restsUntil, pausesUntil) : look ? looksAt : Infinity;
      const wait = at - clock.now();
      if (wait > 0 && wait < Infinity) timer = clock.setTimeout(next, wait);
      if (wait <= 0) send(isDue ? now : null);
    }
    tell(now);
  }

  /** @param {S | null} asked */
  function send(asked) {
    if (asked === null) looksAt = clock.now() + LOOK_EVERY;
    let sent;
    try {
      sent = asked === null ? look?.() : Promise.resolve(ask(asked));
    } catch (error) {
      sent = Promise.reject(error);
    }
    if (!sent) { // not now
      timer = clock.setTimeout(next, LOOK_EVERY);
      return;
    }
    const one = { asked, at: clock.now(), timer: /** @type {unknown} */ (undefined), isSlow: false };
    request = one;
    one.timer = clock.setTimeout(() => {
      one.isSlow = true;
      one.timer = clock.setTimeout(() => settle(one, undefined), giveUpAfter - SLOW_AFTER);
      tell(subject());
    }, SLOW_AFTER);
    sent.then((answer) => settle(one, answer), () => settle(one, undefined));
  }

  /** @param {Request<S>} one @param {any} answer */
  function settle(one, answer) {
    if (one !== request || isDisposed) return; // given up
    clock.clearTimeout(one.timer);
    request = null;
    const isFine = isAnswer(answer) && (one.asked === null || take(one.asked, answer));
    const isTold = !isFine && (isPressed || look !== undefined);
    trouble = !isTold ? "" : isBusy(answer) ? "busy" : "lost";
    failures = isFine ? 0 : failures + 1;
    const wait = isFine ? Math.max(pause, one.at + every() - clock.now())
      : Math.min(RETRY_AT_MOST, RETRY_AFTER * 2 ** (failures - 1));
    pausesUntil = clock.now() + wait;
    looksAt = clock.now() + (isFine ? LOOK_EVERY : wait);
    next();
  }

  /** Shows the answer, or notes the refusal, if it is about what is asked now; whether it could.
   * @param {S} asked @param {any} answer */
  function take(asked, answer) {
    const now = subject();
    if (now === null || !(isOne(asked, now) || isStillAbout(asked, now))) return true;
    settled = isRefusal(answer) ? { subject: asked, name: "refused", sentence: answer.error }
      : { subject: asked, name: "done", sentence: "" };
    try {
      if (settled.name === "done") {
        show(answer, asked);
        shown = asked;
      }
    } catch (failure) {
      console.error(failure);
      settled = null;
      return false;
    }
    if (isOne(asked, now)) isPressed = follows;
    return true;
  }

  return {
    /** The subject may be another, or it may be asked now. */
    changed: next,
    /** Asks, whether or not it has been answered already: a button was pressed. */
    ask() {
      isPressed = true;
      failures = pausesUntil = restsUntil = 0;
      settled = null;
      next();
    },
    /** @returns {State} */
    state: () => told,
    /** It is off the page: nothing is asked, shown or told any more. */
    dispose() {
      isDisposed = true;
      clock.clearTimeout(timer);
      clock.clearTimeout(request?.timer);
    },
  };
}
