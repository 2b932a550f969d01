/* Dotted words: pointed at, focused or tapped, they say in a few words what they mean. */

const MARKED = /(\[[^\]]+\]\(\w+\))/; // [word](term)

/** A sentence without its marks, for a screen reader or a canvas. @param {string} sentence */
export const plain = (sentence) => sentence.replace(/\[([^\]]+)\]\(\w+\)/g, "$1");

/**
 * Shows a sentence in which `[word](term)` is a dotted word; `network_term_TERM` explains it.
 * @param {HTMLElement} element @param {string} sentence @param {(key: string) => string} text
 */
export function setExplained(element, sentence, text) {
  if (element.dataset.sentence === sentence) return; // keeps focus and explanation
  element.dataset.sentence = sentence;
  element.replaceChildren(...sentence.split(MARKED).map((piece) => {
    if (!MARKED.test(piece)) return piece;
    const word = document.createElement("span"); // unlike a button it breaks no line
    word.className = "explained";
    word.tabIndex = 0;
    word.role = "button";
    word.textContent = plain(piece);
    word.dataset.explained = text(`network_term_${piece.match(/\((\w+)\)$/)?.[1]}`);
    word.setAttribute("aria-description", word.dataset.explained);
    return word;
  }));
}
