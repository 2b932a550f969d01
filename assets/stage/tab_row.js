/* Answers beyond the edges of their row are reached with a mouse, too: a finger swipes the row, and the
 * arrow keys open one tab after another.
 */
const STEP = 0.7; // of what is seen of the row

/**
 * Puts a button over each end of the row, seen while there is more beyond it. For pointers alone: the Tab
 * key and screen readers find the tabs themselves.
 * @param {HTMLElement} row the tablist
 */
export function scrollByButtons(row) {
  const ends = [-1, 1].map((direction) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = direction < 0 ? "beyond before" : "beyond";
    button.textContent = direction < 0 ? "‹" : "›";
    button.tabIndex = -1;
    button.ariaHidden = "true";
    button.addEventListener("click", () => {
      const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
      row.scrollBy({ left: direction * STEP * row.clientWidth, behavior });
    });
    row.parentElement?.append(button);
    return { button, direction };
  });

  function look() {
    const { left, right } = row.getBoundingClientRect();
    const first = row.firstElementChild?.getBoundingClientRect();
    const last = row.lastElementChild?.getBoundingClientRect();
    const more = (/** @type {number} */ direction) => (
      direction < 0 ? first && first.left < left - 1 : last && last.right > right + 1);
    for (const { button, direction } of ends) button.hidden = !more(direction);
    row.classList.toggle("scrolled", !ends[0].button.hidden);
  }

  row.addEventListener("scroll", look, { passive: true });
  const sizes = new ResizeObserver(look);
  for (const one of [row, ...row.children]) sizes.observe(one);
}
