/**
 * What holds for assets/shared/question.js whatever happens: random strokes, clicks, tabs that come and go,
 * and a server that is slow, refuses, fails, answers nonsense or not at all, on a fake clock.
 */
import { test } from "node:test";
import { createQuestion, GIVE_UP_AFTER, SLOW_AFTER } from "../../assets/shared/question.js";
import { seeded } from "../../assets/tabs/teach/examples.js";
import { createClock, settled } from "./fakes.mjs";

const RUNS = 1000;
const STEPS = 40;

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const TROUBLES = ["lost", "busy"];

/** The users that the module has, by what they declare. */
const USERS = [
  { name: "pad", isStillAbout: (asked, now) => asked.sheet === now.sheet, hasLook: true, every: () => 33 },
  { name: "timeline", rest: 350, tries: 3 },
  { name: "tab", pause: 40, isHideable: true },
  { name: "button", follows: false, isHideable: true },
];

/** How an answer fares: [after so many ms, what]; undefined: never. */
const FATES = [
  ...Array(6).fill("good"), "slow", "late", "never", "refused", "undefined", "empty", "nonsense",
  "unshowable", "rejected", "thrown", "busy",
];

async function run(seed) {
  const random = seeded(seed);
  const below = (count) => Math.floor(random() * count);
  const user = USERS[below(USERS.length)];
  const clock = createClock();
  const history = [user.name];
  let drawing = null; // {sheet, count, choice}
  let sheet = 0;
  let isSeen = true;
  let isHealed = false;
  let isDisposed = false;
  let isPressed = false; // a button was, about this drawing, and nothing has come of it
  let trouble = ""; // the last request that ended, ended badly: "lost" or "busy"
  let [askedAt, changedAt, endedAt] = [-Infinity, -Infinity, -Infinity]; // a press is asked at once
  let failures = 0; // about this drawing
  let shown = null; // what the answer on the page is about
  let refused = null; // what was refused last
  let answered = null; // what was last shown or refused
  let state = { name: "waiting", sentence: "" };
  const open = new Set(); // requests that are on their way: {isLook, at}

  let violation = null; // the first; thrown later: the module catches what `ask` and `show` throw

  function check(isTrue, message) {
    if (!isTrue) violation ??= new Error(`${message}, seed ${seed}: ${history.join(" ")}`);
  }

  function throwViolation() {
    if (violation) throw violation;
  }

  const isShowable = (subject) => drawing !== null
    && (isSame(subject, drawing) || Boolean(user.isStillAbout?.(subject, drawing)));

  /** A request; the fake server answers after a while. */
  function request(subject) {
    const isLook = subject === null;
    check(!isDisposed, "asked after it was disposed of");
    check(isLook || isSame(subject, drawing), "asked about something else");
    check(isLook || isSeen, "asked while it is not seen");
    check(open.size === 0, "two are on their way");
    check(isLook || clock.now() - askedAt >= (user.every?.() ?? 0), "asked too soon");
    check(isLook || clock.now() - changedAt >= (user.rest ?? 0), "asked before the drawing rests");
    check(isLook || clock.now() - endedAt >= (user.pause ?? 0), "asked without a pause");
    check(isLook || !(failures >= user.tries), "asked once too often");
    if (!isLook) askedAt = clock.now();
    const fate = isHealed ? "good" : FATES[below(FATES.length)];
    history.push(`[${isLook ? "look" : "ask"}: ${fate}]`);
    const one = { isLook, at: clock.now() };
    open.add(one);
    function isBad() {
      if (fate === "unshowable") return !isLook && isShowable(subject);
      return !["good", "slow", "refused"].includes(fate);
    }
    function end(isGivenUp) {
      if (!open.delete(one) || isDisposed) return;
      endedAt = clock.now();
      const hasFailed = isGivenUp || isBad();
      const isAwaited = drawing !== null && (user.follows !== false || isPressed);
      const isTold = hasFailed && (isAwaited || user.hasLook === true);
      trouble = !isTold ? "" : fate === "busy" && !isGivenUp ? "busy" : "lost";
      if (!isLook) failures = hasFailed ? failures + 1 : 0;
      if (!hasFailed && fate === "refused" && !isLook) {
        refused = subject;
        if (isShowable(subject)) answered = subject;
      }
    }
    if (fate === "thrown") {
      end(false);
      throw new Error("thrown");
    }
    clock.setTimeout(() => end(true), GIVE_UP_AFTER);
    return new Promise((resolve, reject) => {
      if (fate === "never") return;
      const wait = fate === "slow" ? 5001 + below(15_000) : fate === "late" ? 26_000 : 1 + below(300);
      clock.setTimeout(() => {
        end(false);
        if (fate === "rejected") reject(new Error("rejected"));
        else {
          resolve({
            refused: { error: `No: ${JSON.stringify(subject)}` },
            undefined,
            empty: {},
            busy: { busy: true, about: subject },
            nonsense: { error: {} },
            unshowable: { about: subject, isOdd: true },
          }[fate] ?? (fate === "undefined" ? undefined : { about: subject }));
        }
      }, wait);
    });
  }

  const question = createQuestion({
    ...user,
    clock,
    subject: () => drawing && { ...drawing },
    mayAsk: () => isSeen,
    ask: (subject) => request(subject),
    isValid: (answer) => typeof answer === "object" && answer !== null && "about" in answer,
    look: user.hasLook ? () => request(null) : undefined,
    show(answer, subject) {
      check(!isDisposed, "shown after it was disposed of");
      check(drawing, "shown on a blank pad");
      check(isSame(answer.about, subject), "shown as the answer to another question");
      check(isShowable(subject), "shown what is stale");
      if (answer.isOdd) {
        answered = null;
        throw new TypeError("odd");
      }
      if (isSame(subject, drawing)) isPressed = false;
      shown = answered = subject;
      history.push("shown");
    },
    onState(next) {
      check(!isDisposed, "told after it was disposed of");
      state = next;
      history.push(`(${next.name})`);
      if (next.name === "refused") isPressed = false;
    },
  });

  /** What has to be true whenever nothing more happens by itself. */
  function checkState() {
    if (isDisposed) return;
    const { name, sentence } = state;
    const [one] = open;
    const isOver = user.tries <= failures;
    const isWanted = drawing && isSeen && (user.follows !== false || isPressed);
    check(isSame(state, question.state()), "told another state than it has");
    check((name === "refused") === (sentence !== ""), "a sentence, or none, out of place");
    if (!user.hasLook && isSame(answered, drawing)) trouble = ""; // nothing is left to ask
    if (!drawing && !user.hasLook) check(name === "blank", "a blank pad is not told");
    else check(trouble === (TROUBLES.includes(name) ? name : ""), "what failed is not told, or told without need");
    if (name === "blank") check(!drawing, "told as blank");
    if (name === "done") check(isSame(shown, drawing), "what is done is not what is shown");
    if (name === "refused") check(isSame(refused, drawing), "told what another drawing was refused");
    if (name === "working") check(one || clock.pending(), "nobody works");
    if (name === "slow") check(one && clock.now() - one.at >= SLOW_AFTER, "it is not slow");
    if (drawing && one && clock.now() - one.at >= SLOW_AFTER && !trouble) {
      check(name === "slow", "it is slow without a word");
    }
    if (TROUBLES.includes(name) && isWanted && !isOver) check(one || clock.pending(), "lost for ever");
    if (name === "waiting" || name === "outdated") {
      check(!isWanted, "neither asked nor answered");
      check((name === "outdated") === (shown !== null), "outdated, or not");
    }
    if (isPressed && isSeen) {
      check(["working", "slow", ...TROUBLES].includes(name), "a button was pressed, and nothing happens");
    }
  }

  function become(next) {
    if (!isSame(drawing, next)) {
      failures = 0;
      changedAt = clock.now();
    }
    drawing = next;
    if (next === null) {
      isPressed = false;
      shown = answered = null;
      if (!user.hasLook) trouble = "";
    }
    question.changed();
  }

  const ACTIONS = {
    stroke: () => become({ sheet, choice: 0, ...drawing, count: (drawing?.count ?? 0) + 1 }),
    strokes: () => { for (let i = 0; i < 3; i++) ACTIONS.stroke(); },
    erase: () => drawing && become({ ...drawing, sheet: ++sheet }),
    choose: () => drawing && become({ ...drawing, choice: below(3) }),
    clear() {
      sheet += 1;
      become(null);
    },
    click() {
      isPressed = user.follows === false && drawing !== null;
      failures = 0;
      askedAt = changedAt = endedAt = -Infinity;
      answered = null;
      question.ask();
    },
    tab() {
      isSeen = !isSeen || !user.isHideable;
      question.changed();
    },
    idle: () => question.changed(),
    moment: () => clock.pass(below(100)),
    second: () => clock.pass(below(2000)),
    minute: () => clock.pass(below(30_000)),
  };
  const names = [...Object.keys(ACTIONS), "stroke", "stroke", "moment", "moment"];

  question.changed();
  for (let i = 0; i < STEPS; i++) {
    const name = names[below(names.length)];
    history.push(name);
    await ACTIONS[name]();
    await settled();
    checkState();
    throwViolation();
  }
  if (seed % 10 === 0) {
    history.push("dispose");
    isDisposed = true;
    question.dispose();
    ACTIONS.stroke();
    await clock.pass(60_000);
    throwViolation();
    return;
  }
  history.push("healed");
  isHealed = isSeen = true;
  question.changed();
  await clock.pass(60_000);
  checkState();
  const { name } = state;
  if (!drawing) check(name === "blank", "ends other than blank");
  else if (user.tries <= failures) check(TROUBLES.includes(name), "ends without a word");
  else if (user.follows !== false) check(["done", "refused"].includes(name), "ends without an answer");
  else {
    check(!isPressed, "ends without what a button has asked for");
    check(["done", "refused", "waiting", "outdated"].includes(name), "ends in the middle");
  }
  throwViolation();
}

test(`${RUNS} visitors: each ends with the answer to the drawing, or a sentence`, async (t) => {
  t.mock.method(console, "error", () => {}); // answers that cannot be shown
  for (let seed = 1; seed <= RUNS; seed++) await run(seed);
});
