/* The loop: whatever is on the pad is sent to the server and what it reads is shown, one request at
 * a time, the newest drawing always next. Gradio hands in `element` and `server`.
 */
const ANSWER_WITHIN = 5000; // ms; after that the server counts as gone
const RETRY_AFTER = 700; // ms
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

function setLost(isLost) {
  if (lost && !isLost) say("");
  lost = isLost;
  if (lost) say(ink.isBlank() ? LOST_BLANK : LOST);
  sketchpad.classList.toggle("lost", lost); // what is shown may no longer be what is drawn
}

function changed() {
  const blank = ink.isBlank();
  sketchpad.classList.toggle("inked", !blank);
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
      setLost(true);
      await timeout(RETRY_AFTER);
      continue;
    }
    setLost(false);
    if (answer.error) say(answer.error);
    else if (asked === sheet && answer.digit !== null) reading.show(answer);
  } while (stale || lost);
  asking = false;
}

part("clear").addEventListener("click", ink.clear);
part("undo").addEventListener("click", ink.undo);
setInterval(() => document.hidden || ask(), LOOK_EVERY);
reading.showBlank();
