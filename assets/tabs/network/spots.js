/* Buttons over the painted figure, for fingers, keys and screen readers.
 *
 * The Tab key leads to one of them, and to those that take the arrow keys for themselves; from the others arrows
 * lead to the nearest in their direction.
 */

/**
 * @typedef {object} Spot
 * @property {string} key identifies the place it is about
 * @property {{x: number, y: number, width: number, height: number}} box
 * @property {string} label
 * @property {string} [words] visible on it
 * @property {string} [look] a class
 * @property {Record<string, string | number>} [data]
 * @property {object} [about] passed to `onPoint`
 * @property {() => void} [press]
 * @property {(direction: [number, number]) => void} [step] instead of going to the nearest spot
 */

const STEPS = /** @type {Record<string, [number, number]>} */ (
  { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] });

/**
 * The index of the nearest box in a direction, a sideways way counting twice; -1 if there is none.
 * @param {{x: number, y: number, width: number, height: number}[]} boxes
 * @param {number} from its index @param {[number, number]} direction
 */
export function nearest(boxes, from, [right, down]) {
  const [start, ...ways] = [boxes[from], ...boxes].map((box) => [box.x + box.width / 2, box.y + box.height / 2]);
  const costs = ways.map(([x, y]) => {
    const [across, below] = [x - start[0], y - start[1]];
    const along = across * right + below * down;
    return along > 1 ? along + 2 * Math.abs(across * down + below * right) : Infinity;
  });
  const least = Math.min(...costs);
  return least < Infinity ? costs.indexOf(least) : -1;
}

/**
 * @param {HTMLElement} root
 * @param {(about: object | null) => void} onPoint by pointer or keyboard; null when it ends
 */
export function createSpots(root, onPoint) {
  /** @type {Spot[]} */
  let spots = [];
  /** @type {HTMLButtonElement[]} */
  const buttons = [];
  /** @type {string[]} */
  const drawn = []; // what each button shows
  let current = ""; // the key of the spot that Tab leads to

  /** @param {EventTarget | null} target */
  const indexOf = (target) => buttons.findIndex((one) => one === target);
  /** @param {Event} event */
  const spotOf = (event) => spots[indexOf(event.target)] ?? null;

  function setCurrent(/** @type {string} */ key) {
    current = spots.some((spot) => spot.key === key) ? key : spots.find(({ step }) => !step)?.key ?? "";
    spots.forEach((spot, i) => { buttons[i].tabIndex = spot.key === current || spot.step ? 0 : -1; });
  }

  root.addEventListener("click", (event) => spotOf(event)?.press?.());
  root.addEventListener("pointerover", (event) => onPoint(spotOf(event)?.about ?? null));
  root.addEventListener("pointerleave", () => onPoint(spots[indexOf(document.activeElement)]?.about ?? null));
  root.addEventListener("focusin", (event) => {
    const spot = spotOf(event);
    if (!spot) return;
    if (!spot.step) setCurrent(spot.key);
    if (buttons[spots.indexOf(spot)].matches(":focus-visible")) onPoint(spot.about ?? null);
  });
  root.addEventListener("focusout", () => onPoint(null));
  root.addEventListener("keydown", (event) => {
    const at = indexOf(event.target);
    const direction = STEPS[event.key];
    if (at < 0 || !direction) return;
    if (spots[at].step) spots[at].step(direction);
    else buttons[nearest(spots.map(({ box }) => box), at, direction)]?.focus({ preventScroll: false });
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    /** @param {Spot[]} next */
    set(next) {
      const hadFocus = root.contains(document.activeElement);
      for (const button of buttons.splice(next.length)) button.remove();
      drawn.length = buttons.length;
      next.forEach(({ box, label, words = "", look = "", data = {} }, i) => {
        const button = buttons[i] ??= root.appendChild(Object.assign(document.createElement("button"), { type: "button" }));
        const facts = JSON.stringify([box, label, words, look, data]);
        if (drawn[i] === facts) return;
        drawn[i] = facts;
        button.style.cssText = `left:${box.x}px;top:${box.y}px;width:${box.width}px;height:${box.height}px`;
        button.textContent = words;
        button.ariaLabel = label;
        button.className = look;
        for (const name of Object.keys(button.dataset)) if (!(name in data)) delete button.dataset[name];
        Object.assign(button.dataset, data);
      });
      spots = next;
      setCurrent(current);
      if (hadFocus && !root.contains(document.activeElement)) this.focus(current);
    },
    /** @param {string} key */
    focus(key) {
      setCurrent(key);
      buttons[spots.findIndex((spot) => spot.key === current)]?.focus({ preventScroll: true });
    },
  };
}
