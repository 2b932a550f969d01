/* Buttons over what is painted: they make it reachable by a finger, by keys and for a screen reader.
 *
 * One of them is in the order of the Tab key; arrows lead to the nearest in their direction.
 */

/**
 * @typedef {object} Spot
 * @property {string} key the same as long as it is about the same place
 * @property {{x: number, y: number, width: number, height: number}} box
 * @property {string} label
 * @property {string} [words] that are seen on it
 * @property {string} [look] a class
 * @property {Record<string, string | number>} [data]
 */

const STEPS = /** @type {Record<string, [number, number]>} */ (
  { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] });

/**
 * The index of the nearest box in a direction, a sideways way counting twice; -1 if there is none.
 * @param {{x: number, y: number, width: number, height: number}[]} boxes
 * @param {number} from its index @param {[number, number]} direction
 */
export function nearest(boxes, from, [right, down]) {
  const middle = (/** @type {number} */ i) => (
    [boxes[i].x + boxes[i].width / 2, boxes[i].y + boxes[i].height / 2]);
  const [x0, y0] = middle(from);
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < boxes.length; i++) {
    const [x, y] = middle(i);
    const along = (x - x0) * right + (y - y0) * down;
    const aside = Math.abs((x - x0) * down) + Math.abs((y - y0) * right);
    if (i !== from && along > 1 && along + 2 * aside < least) {
      least = along + 2 * aside;
      best = i;
    }
  }
  return best;
}

/**
 * @param {HTMLElement} root
 * @param {{onPress(spot: Spot): void, onPoint(spot: Spot | null): void,
 *   onKey(spot: Spot, event: KeyboardEvent): boolean}} acts onKey: whether it has been used
 */
export function createSpots(root, { onPress, onPoint, onKey }) {
  /** @type {Spot[]} */
  let spots = [];
  /** @type {HTMLButtonElement[]} */
  const buttons = [];
  let current = ""; // the key of that which Tab leads to

  /** @param {EventTarget | null} target */
  const indexOf = (target) => buttons.indexOf(/** @type {HTMLButtonElement} */ (
    target instanceof Element ? target.closest("button") : null));
  /** @param {Event} event */
  const spotOf = (event) => spots[indexOf(event.target)] ?? null;

  function setCurrent(/** @type {string} */ key) {
    current = spots.some((spot) => spot.key === key) ? key : spots[0]?.key ?? "";
    spots.forEach((spot, i) => { buttons[i].tabIndex = spot.key === current ? 0 : -1; });
  }

  root.addEventListener("click", (event) => {
    const spot = spotOf(event);
    if (spot) onPress(spot);
  });
  root.addEventListener("pointerover", (event) => onPoint(spotOf(event)));
  root.addEventListener("pointerleave", () => onPoint(spots[indexOf(document.activeElement)] ?? null));
  root.addEventListener("focusin", (event) => {
    const spot = spotOf(event);
    if (!spot) return;
    setCurrent(spot.key);
    if (/** @type {Element} */ (event.target).matches(":focus-visible")) onPoint(spot);
  });
  root.addEventListener("focusout", () => onPoint(null));
  root.addEventListener("keydown", (event) => {
    const at = indexOf(event.target);
    if (at < 0) return;
    if (!onKey(spots[at], event)) {
      const direction = STEPS[event.key];
      if (!direction) return;
      const next = nearest(spots.map(({ box }) => box), at, direction);
      if (next >= 0) buttons[next].focus({ preventScroll: false });
    }
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    /** @param {Spot[]} next */
    set(next) {
      const hadFocus = root.contains(document.activeElement);
      while (buttons.length > next.length) buttons.pop()?.remove();
      next.forEach((spot, i) => {
        if (i === buttons.length) {
          const button = document.createElement("button");
          button.type = "button";
          buttons.push(button);
          root.append(button);
        }
        const { box, label, words = "", look = "", data = {} } = spot;
        const button = buttons[i];
        const place = `left:${box.x}px;top:${box.y}px;width:${box.width}px;height:${box.height}px`;
        if (button.dataset.place !== place) button.style.cssText = button.dataset.place = place;
        if (button.textContent !== words) button.textContent = words;
        if (button.ariaLabel !== label) button.ariaLabel = label;
        if (button.className !== look) button.className = look;
        for (const name of Object.keys(button.dataset)) {
          if (name !== "place" && !(name in data)) delete button.dataset[name];
        }
        for (const [name, value] of Object.entries(data)) {
          if (button.dataset[name] !== String(value)) button.dataset[name] = String(value);
        }
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
