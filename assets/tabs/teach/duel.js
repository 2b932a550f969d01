/* Ten pairs of bars: the taught network's beside those of the page's own. */

/** @param {HTMLElement} element @param {(key: string) => string} text */
export function createDuel(element, text) {
  const pairs = Array.from({ length: 10 }, (_, digit) => {
    const row = document.createElement("div");
    row.className = "pair";
    row.innerHTML = '<span class="bar taught"><i></i></span><b></b><span class="bar usual"><i></i></span>';
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (row.querySelector(name));
    part("b").textContent = String(digit);
    element.append(row);
    return { row, taught: part(".taught i"), usual: part(".usual i") };
  });
  const verdict = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (element.querySelector(`[data-testid="${name}"]`));
  const best = (/** @type {ArrayLike<number>} */ ten) => {
    const all = Array.from(ten);
    return all.indexOf(Math.max(...all));
  };

  return {
    /** @param {ArrayLike<number> | null} taught ten probabilities
     * @param {ArrayLike<number> | null} usual @param {boolean} [isDigit] whether it takes it for one */
    show(taught, usual, isDigit = true) {
      pairs.forEach((pair, digit) => {
        pair.taught.style.setProperty("--p", String(taught ? taught[digit] : 0));
        pair.usual.style.setProperty("--p", String(usual ? usual[digit] : 0));
      });
      const words = [taught ? String(best(taught)) : "–", usual ? (isDigit ? String(best(usual)) : "?") : "–"];
      verdict("taught-verdict").textContent = words[0];
      verdict("usual-verdict").textContent = words[1];
      element.setAttribute("aria-label", `${text("teach_yours")}: ${words[0]}. ${text("teach_usual")}: ${words[1]}.`);
    },
    best,
  };
}
