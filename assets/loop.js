/* The loop: whatever is on the pad is sent to the server and what it reads is shown, one request at
 * a time, the newest drawing always next.
 */
const SLOW_AFTER = 5000; // ms without an answer: the page says so, and goes on waiting
const GIVE_UP_AFTER = 25000; // ms without an answer: it is not coming any more
const RETRY_AFTER = 700; // ms, the first time; then twice as long each time
const RETRY_AT_MOST = 5000; // ms
const LOOK_EVERY = 10000; // ms; while nobody draws, so that the page knows when the server is gone

function after(milliseconds, value) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, value));
}

/* 784 grey levels as base64. */
const isPixels = (base64) => /^[A-Za-z0-9+/]{1046}==$/.test(base64);

/* A proxy or a login page may answer in the server's place: only what can be shown is a reading. */
function isReading(answer) {
  const { digit, is_digit: isDigit, probabilities, pixels } = answer ?? {};
  return (digit === null || (Number.isInteger(digit) && digit >= 0 && digit <= 9))
    && typeof isDigit === "boolean"
    && Array.isArray(probabilities) && probabilities.length === 10
    && probabilities.every(Number.isFinite)
    && isPixels(pixels);
}

function isAnswer(answer) {
  return typeof answer?.error === "string" ? answer.error !== "" : isReading(answer);
}

/* Callbacks: send() - asks for what is on the pad, and returns a promise; look() - asks for nothing
 * but an answer; onReading(reading, asked), onError(sentence), onLost(isLost). `asked` is what
 * `mark()` gave when the question was sent.
 */
function createLoop({ send, look, mark, onReading, onError, onLost }) {
  let stale = false; // the pad shows something that has not been sent yet
  let asking = false;
  let lost = false;

  function setLost(isLost) {
    lost = isLost;
    onLost(lost);
  }

  /* The answer to one request, undefined if none came. Gradio makes undefined of a failed call. */
  async function answerTo(request) {
    const safe = request.catch(() => undefined);
    const slow = {};
    let answer = await Promise.race([safe, after(SLOW_AFTER, slow)]);
    if (answer === slow) {
      setLost(true);
      answer = await Promise.race([safe, after(GIVE_UP_AFTER - SLOW_AFTER)]);
    }
    return isAnswer(answer) ? answer : undefined;
  }

  async function ask() {
    if (asking) return;
    asking = true;
    let retryAfter = RETRY_AFTER;
    do {
      const asked = mark();
      const isSent = stale || lost;
      const request = isSent ? send() : look();
      stale = false;
      const answer = await answerTo(request);
      if (answer === undefined) {
        setLost(true);
        await after(retryAfter);
        retryAfter = Math.min(2 * retryAfter, RETRY_AT_MOST);
        continue;
      }
      if (lost) setLost(false);
      if (answer.error) onError(answer.error, asked);
      else if (isSent) onReading(answer, asked);
    } while (stale || lost);
    asking = false;
  }

  setInterval(() => document.hidden || ask(), LOOK_EVERY);
  return {
    /* Tell it whether what is on the pad has still to be read. */
    setStale(isStale) {
      stale = isStale;
      if (stale) ask();
    },
    isLost: () => lost,
    isAsking: () => asking,
  };
}
