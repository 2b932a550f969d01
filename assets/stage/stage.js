/* The stage shows one answer at a time. Which one is part of the page's address and of the browser's
 * history: back and forward, a reload and a link open it again.
 */
import { createTabRow } from "./tab_row.js";

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
  const tab = tabs()[names.indexOf(name)];
  if (tab) tab.click();
  else putInAddress(name); // from where it is opened once there are tabs
}

/* The next answer, or with -1 the one before. */
export function openNeighbour(/** @type {number} */ step) {
  const count = names.length;
  if (count) openAnswer(names[(names.indexOf(open()) + step + count) % count]);
}

function remember() {
  const name = open();
  if (name) putInAddress(name);
}

function putInAddress(/** @type {string} */ name) {
  if (name === chosen()) return;
  const address = new URL(location.href);
  if (name === names[0]) address.searchParams.delete(PARAMETER);
  else address.searchParams.set(PARAMETER, name);
  history.pushState(history.state, "", address);
}

/* Keeps the open answer in the address, and opens the one that is there: once Gradio has the tabs, which
 * may come after the module that calls this.
 */
export function keepAnswer(/** @type {string[]} */ all) {
  names = all;
  const coming = new MutationObserver(look);
  function look() {
    const list = /** @type {HTMLElement | null} */ (document.querySelector('#questions [role="tablist"]'));
    if (!list) return;
    coming.disconnect();
    follow(list);
  }
  coming.observe(document.body, { childList: true, subtree: true });
  look();
}

function follow(/** @type {HTMLElement} */ list) {
  createTabRow(list);
  if (open() !== names[0]) remember(); // the visitor has pressed a tab already
  else if (open() !== chosen()) openAnswer(chosen());
  window.addEventListener("popstate", () => openAnswer(chosen()));
  new MutationObserver(remember)
    .observe(list, { attributeFilter: ["aria-selected"], subtree: true });
}
