/* A tab: follows the drawing while it is on the screen, asks the server its question, shows the answer.
 *
 * The sketchpad tells of every reading with the event "digit" on window and keeps the latest in
 * window.digit: {strokes, pixels (base64), reading}, or null for a blank pad.
 */
const ASK_AGAIN = 40; // ms between an answer and the next question: the pen goes first

/* ask(digit) - a promise of the answer; show(answer, digit); showBlank(), without which show(null) is
 * called. Returns {ask}: ask anew, for example because a choice was made.
 */
function followDigit(element, { ask, show, showBlank = () => show(null) }) {
  const status = element.querySelector(".status");
  let stale = true;
  let asking = false;
  let inView = false; // on the screen, not below its edge: a class's pens have the server for themselves

  const isSeen = () => inView && element.checkVisibility() && !document.hidden;

  function say(words) {
    if (status.textContent !== words) status.textContent = words;
    status.hidden = !words;
  }

  async function askNow() {
    stale = true;
    if (asking || !isSeen()) return;
    asking = true;
    while (stale && isSeen()) {
      stale = false;
      const { digit } = window;
      if (!digit) {
        say(text("tab_blank"));
        showBlank();
        continue;
      }
      element.classList.add("busy");
      const answer = await ask(digit).catch(() => undefined);
      element.classList.remove("busy");
      if (!element.isConnected) return;
      if (answer === undefined) say(text("tab_lost"));
      else if (answer?.error) say(answer.error);
      else if (window.digit) {
        say("");
        show(answer, digit);
      }
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
    }
    asking = false;
  }

  function onDigit() {
    if (element.isConnected) askNow();
    else window.removeEventListener("digit", onDigit);
  }

  window.addEventListener("digit", onDigit);
  new IntersectionObserver((entries) => {
    inView = entries.at(-1).isIntersecting;
    askNow();
  }).observe(element);
  return { ask: askNow };
}

function fillDigits(select, chosen) {
  for (let digit = 0; digit < 10; digit++) {
    select.append(new Option(digit, digit, false, digit === chosen));
  }
}

/* An experiment of the tour makes its choices in the tab that it opens, once. */
function takeExperiment(element, name) {
  function take() {
    if (window.experiment?.tab !== name || !element.isConnected) return;
    const { choices } = window.experiment;
    window.experiment = null;
    for (const [field, value] of Object.entries(choices)) {
      const one = element.querySelector(`[data-testid="${field}"]`);
      one.value = value;
      one.dispatchEvent(new Event(one.type === "range" ? "input" : "change"));
    }
  }
  window.addEventListener("experiment", () => setTimeout(take));
  take();
}
