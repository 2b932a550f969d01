/* The row of tabs. Tabs that do not fit into one line wait below it, in a menu that the button "More" opens. The
 * button shows the open tab's name where that tab is in the menu. No tab changes its place.
 */
import { createTexts } from "../shared/texts.js";

/** @param {HTMLElement} row Gradio's tablist: its tabs wrap, and all but the first line are cut off */
export function createTabRow(row) {
  const { text } = createTexts();
  const tabs = () => /** @type {HTMLElement[]} */ ([...row.querySelectorAll('[role="tab"]')]);
  const more = document.createElement("button");
  more.type = "button";
  more.className = "more";
  more.dataset.testid = "more-tabs";
  row.parentElement?.append(more);

  function setOpen(/** @type {boolean} */ isOpen) {
    row.classList.toggle("open", isOpen);
    more.ariaExpanded = String(isOpen);
  }

  function layOut() {
    const all = tabs();
    const isOpen = row.classList.contains("open");
    const isBelow = (/** @type {HTMLElement} */ tab) => tab.offsetTop > all[0].offsetTop;
    for (const tab of all) tab.classList.remove("in-menu");
    row.classList.remove("cut", "open");
    more.hidden = !all.some(isBelow);
    row.classList.toggle("cut", !more.hidden); // leaves room for the button
    const below = all.filter(isBelow);
    for (const tab of below) tab.classList.add("in-menu");
    row.classList.toggle("open", isOpen);
    const open = below.find((tab) => tab.ariaSelected === "true");
    more.textContent = open?.textContent ?? text("tab_more");
    more.ariaLabel = open ? `${text("tab_more")}: ${open.textContent}` : null;
    more.classList.toggle("selected", Boolean(open));
  }

  more.addEventListener("click", () => {
    setOpen(!row.classList.contains("open"));
    row.querySelector(/** @type {"button"} */ (".open > .in-menu"))?.focus();
  });
  document.addEventListener("click", ({ target }) => {
    if (target !== more) setOpen(false);
  });
  row.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !row.classList.contains("open")) return;
    setOpen(false);
    more.focus();
  });
  row.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget !== more && !row.contains(/** @type {Node} */ (relatedTarget))) setOpen(false);
  });
  const sizes = new ResizeObserver(layOut);
  for (const one of [row, ...tabs()]) sizes.observe(one);
  new MutationObserver(layOut).observe(row, { attributeFilter: ["aria-selected"], subtree: true });
  setOpen(false);
}
