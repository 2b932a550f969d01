/* The loop: whatever is on the pad is sent to the server and what it reads is shown, one request at
 * a time, the newest drawing always next. Gradio hands in `element` and `server`.
 */
const SLOW_AFTER = 5000; // ms without an answer: the page says so, and goes on waiting
const GIVE_UP_AFTER = 25000; // ms without an answer: it is not coming any more
const RETRY_AFTER = 700; // ms, the first time; then twice as long each time
const RETRY_AT_MOST = 5000; // ms
const LOOK_EVERY = 10000; // ms; while nobody draws, so that the page knows when the server is gone

const LOST = "The server does not answer. Your drawing is safe and will be read when it is back.";
const LOST_BLANK = "The server does not answer. What you draw will be read when it is back.";
const FULL = "The pad is full. Undo a stroke or clear it to go on.";

const sketchpad = element.querySelector(".sketchpad");
const part = (name) => sketchpad.querySelector(`[data-testid="${name}"]`);
const notice = part("notice");
const reading = createReading(sketchpad);
const ink = createInk(part("sketchpad"), { onChange: changed, onFull: () => say(FULL) });
let stale = false; // the pad shows something that has not been sent yet
let sheet = 0; // counts the times the pad was emptied: an answer about an earlier sheet is dropped
let asking = false;
let lost = false;

function say(sentence) {
  if (notice.textContent !== sentence) notice.textContent = sentence;
  notice.hidden = !sentence;
}

/* What is shown was read from ink that has changed since. */
function setOutdated(isOutdated) {
  sketchpad.classList.toggle("outdated", isOutdated);
}

function setLost(isLost) {
  lost = isLost;
  if (lost) say(ink.isBlank() ? LOST_BLANK : LOST);
  else say("");
  setOutdated(lost);
}

function changed() {
  const blank = ink.isBlank();
  sketchpad.classList.toggle("inked", !blank);
  if (!lost) say("");
  if (blank) {
    sheet += 1;
    reading.showBlank();
    setOutdated(false);
  }
  stale = !blank;
  if (stale) ask();
}

function after(milliseconds, value) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, value));
}

/* A proxy or a login page may answer in the server's place: only what can be shown is an answer. */
function isAnswer(answer) {
  if (typeof answer?.error === "string") return answer.error !== "";
  const { digit, is_digit: isDigit, probabilities, pixels } = answer ?? {};
  return (digit === null || (Number.isInteger(digit) && digit >= 0 && digit <= 9))
    && typeof isDigit === "boolean"
    && Array.isArray(probabilities) && probabilities.length === 10
    && probabilities.every(Number.isFinite)
    && /^[A-Za-z0-9+/]{1046}==$/.test(pixels);
}

/* The answer to one request, undefined if none came. Gradio resolves a failed call to undefined. */
async function answerTo(strokes) {
  const request = server.read(strokes).catch(() => undefined);
  const slow = {};
  let answer = await Promise.race([request, after(SLOW_AFTER, slow)]);
  if (answer === slow) {
    setLost(true);
    answer = await Promise.race([request, after(GIVE_UP_AFTER - SLOW_AFTER)]);
  }
  return isAnswer(answer) ? answer : undefined;
}

async function ask() {
  if (asking) return;
  asking = true;
  let retryAfter = RETRY_AFTER;
  do {
    const strokes = stale || lost ? ink.strokes() : []; // a blank one asks only: are you there?
    const asked = sheet;
    stale = false;
    const answer = await answerTo(strokes);
    if (answer === undefined) {
      setLost(true);
      await after(retryAfter);
      retryAfter = Math.min(2 * retryAfter, RETRY_AT_MOST);
      continue;
    }
    if (lost) setLost(false);
    if (answer.error) {
      say(answer.error);
      setOutdated(true);
    } else if (asked === sheet && answer.digit !== null) {
      setOutdated(false);
      reading.show(answer);
    }
  } while (stale || lost);
  asking = false;
}

part("clear").addEventListener("click", ink.clear);
part("undo").addEventListener("click", ink.undo);
setInterval(() => document.hidden || ask(), LOOK_EVERY);
reading.showBlank();
