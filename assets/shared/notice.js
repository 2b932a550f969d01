/* The page's one notice: what has become of a wish, over everything else. */

const SHOWN_FOR = 5000; // ms; for what needs no answer

/** @param {HTMLElement} element */
export function createNotice(element) {
  let timer = 0;

  /** `isPassing`: it needs no answer, and goes after a while. @param {string} sentence */
  function say(sentence, isPassing = false) {
    clearTimeout(timer);
    if (element.textContent !== sentence) element.textContent = sentence;
    element.hidden = !sentence;
    if (isPassing) timer = window.setTimeout(say, SHOWN_FOR, "");
  }

  return { say };
}
