/* The loop: whatever is on the pad is sent to the server and what it reads is shown, one request at
 * a time, the newest drawing always next. Gradio hands in `element` and `server`.
 */
const ANSWER_WITHIN = 5000; // ms; after that the server counts as gone
const RETRY_AFTER = 700; // ms
const LOOK_EVERY = 10000; // ms; while nobody draws, so that the page knows when the server is gone

const LOST = "The server does not answer. Your drawing is safe; it is read again as soon as it is back.";
const FULL = "The pad is full. Undo a stroke or clear it to go on.";

const part = (name) => element.querySelector(`[data-testid="${name}"]`);
const notice = part("notice");
const reading = createReading(element.querySelector(".sketchpad"));
const ink = createInk(part("sketchpad"), { onChange: changed, onFull: () => say(FULL) });
let stale = false; // the pad shows something that has not been sent yet
let sheet = 0; // counts the times the pad was emptied: an answer about an earlier sheet is dropped
let asking = false;
let lost = false;

function say(sentence) {
  if (notice.textContent !== sentence) notice.textContent = sentence;
  notice.hidden = !sentence;
}

function changed() {
  const blank = ink.isBlank();
  element.querySelector(".sketchpad").classList.toggle("inked", !blank);
  part("undo").disabled = part("clear").disabled = blank;
  if (!lost) say("");
  if (blank) {
    sheet += 1;
    reading.showBlank();
  }
  stale = !blank;
  if (stale) ask();
}

function timeout(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function ask() {
  if (asking) return;
  asking = true;
  do {
    const strokes = stale || lost ? ink.strokes() : []; // a blank one asks only: are you there?
    const asked = sheet;
    stale = false;
    // A failed call resolves to undefined, as does one that takes too long.
    const answer = await Promise.race([server.read(strokes), timeout(ANSWER_WITHIN)])
      .catch(() => undefined);
    if (answer === undefined) {
      lost = true;
      say(LOST);
      await timeout(RETRY_AFTER);
      continue;
    }
    if (lost) say("");
    lost = false;
    if (answer.error) say(answer.error);
    else if (asked === sheet && answer.digit !== null) reading.show(answer);
  } while (stale || lost);
  asking = false;
}

part("clear").addEventListener("click", ink.clear);
part("undo").addEventListener("click", ink.undo);
setInterval(() => document.hidden || ask(), LOOK_EVERY);
reading.showBlank();
