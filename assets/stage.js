/* The stage shows one answer at a time. Which one is part of the page's address and of the browser's
 * history: back and forward, a reload and a link open it again.
 */
import { scrollByButtons } from "./tab_row.js";

export const PARAMETER = "answer";

const tabs = () => /** @type {HTMLElement[]} */ (
  [...document.querySelectorAll('#questions [role="tab"]')]);

/** @type {string[]} the answers' names, in the order of their tabs */
let names = [];

const chosen = () => {
  const name = new URLSearchParams(location.search).get(PARAMETER) ?? "";
  return names.includes(name) ? name : names[0];
};

const open = () => names[tabs().findIndex((tab) => tab.getAttribute("aria-selected") === "true")];

export function openAnswer(/** @type {string} */ name) {
  tabs()[names.indexOf(name)]?.click();
}

/* The next answer, or with -1 the one before. */
export function openNeighbour(/** @type {number} */ step) {
  const count = names.length;
  if (count) openAnswer(names[(names.indexOf(open()) + step + count) % count]);
}

function remember() {
  const name = open();
  tabs()[names.indexOf(name)]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (!name || name === chosen()) return;
  const address = new URL(location.href);
  if (name === names[0]) address.searchParams.delete(PARAMETER);
  else address.searchParams.set(PARAMETER, name);
  history.pushState(history.state, "", address);
}

/* Keeps the open answer in the address, and opens the one that is there. */
export function keepAnswer(/** @type {string[]} */ all) {
  names = all;
  const list = /** @type {HTMLElement | null} */ (document.querySelector('#questions [role="tablist"]'));
  if (!list) return;
  scrollByButtons(list);
  if (open() !== chosen()) openAnswer(chosen());
  window.addEventListener("popstate", () => openAnswer(chosen()));
  new MutationObserver(remember)
    .observe(list, { attributeFilter: ["aria-selected"], subtree: true });
}
