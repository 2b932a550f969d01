/* The page's one notice: what has become of a wish, over everything else. */

const SHOWN_FOR = 5000; // ms; for what needs no answer

/** @param {HTMLElement} element */
export function createNotice(element) {
  const words = /** @type {HTMLElement} */ (element.querySelector("span"));
  const field = /** @type {HTMLInputElement} */ (element.querySelector("input"));
  let timer = 0;

  /** `isPassing`: it needs no answer, and goes after a while. @param {string} sentence */
  function say(sentence, isPassing = false) {
    clearTimeout(timer);
    if (words.textContent !== sentence) words.textContent = sentence;
    field.hidden = true;
    element.hidden = !sentence;
    if (isPassing) timer = window.setTimeout(say, SHOWN_FOR, "");
  }

  /** Shows a link, selected, to be copied, until the visitor turns to something else.
   * @param {string} sentence @param {string} link */
  function offer(sentence, link) {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    say(sentence);
    field.value = link;
    field.ariaLabel = sentence;
    field.hidden = false;
    field.focus({ preventScroll: true });
    field.select();
    field.onkeydown = (event) => {
      if (event.key === "Escape") before?.focus({ preventScroll: true });
    };
  }

  field.addEventListener("blur", () => {
    if (!field.hidden && document.activeElement !== field) say(""); // and not only another window's turn
  });
  return { say, offer };
}
