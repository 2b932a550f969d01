/* The form in which is chosen what a network is shown. */
import { COUNTS, HABITS, USUAL } from "./choices.js";

/** @typedef {import("./choices.js").Choices} Choices */

/**
 * @param {HTMLElement} root
 * @param {ReturnType<typeof import("../../shared/texts.js").createTexts>} texts
 * @param {() => void} onChange by the visitor
 */
export function createForm(root, { text, number }, onChange) {
  const find = (/** @type {string} */ name) => /** @type {any} */ (root.querySelector(`[data-testid="${name}"]`));
  const each = find("each");
  const told = /** @type {HTMLOutputElement} */ (root.querySelector(".count output"));
  const hands = find("hands");
  const wrong = find("wrong-labels");
  const network = find("network");
  const checks = { distorted: find("distorted"), anywhere: find("anywhere"), own: find("own") };
  const habits = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll("[data-habit]")]);
  const digits = USUAL.digits.map((digit) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = String(digit);
    button.addEventListener("click", () => {
      const isOn = button.getAttribute("aria-pressed") === "true";
      if (isOn && chosen().digits.length === 1) return; // something has to be shown
      button.setAttribute("aria-pressed", String(!isOn));
      changed();
    });
    root.querySelector(".digits")?.append(button);
    return button;
  });
  let seed = 0;

  /** @returns {Choices} */
  function chosen() {
    return {
      digits: USUAL.digits.filter((digit) => digits[digit].getAttribute("aria-pressed") === "true"),
      each: COUNTS[Number(each.value)],
      hands: hands.value,
      without: habits.filter((box) => !box.checked).map((box) => box.dataset.habit ?? ""),
      distorted: checks.distorted.checked,
      anywhere: checks.anywhere.checked,
      own: checks.own.checked || hands.value === "own",
      wrong: Number(wrong.value),
      network: network.value,
      seed,
    };
  }

  /* What does not apply cannot be chosen. */
  function refresh() {
    const { digits: shown, hands: whose } = chosen();
    const isOwn = whose === "own";
    told.textContent = number(COUNTS[Number(each.value)]);
    for (const box of habits) box.disabled = isOwn || !shown.includes(HABITS[box.dataset.habit ?? ""]);
    for (const field of [each, checks.distorted, checks.anywhere, wrong]) field.disabled = isOwn;
    checks.own.disabled = isOwn;
    if (isOwn) checks.own.checked = true;
    each.setAttribute("aria-valuetext", told.textContent);
  }

  function changed() {
    refresh();
    onChange();
  }

  for (const field of [each, hands, wrong, network, ...Object.values(checks), ...habits]) {
    field.addEventListener(field === each ? "input" : "change", changed);
  }

  return {
    chosen,
    /** @param {Choices} choices */
    choose(choices) {
      digits.forEach((button, digit) => button.setAttribute("aria-pressed", String(choices.digits.includes(digit))));
      each.value = String(COUNTS.indexOf(choices.each));
      hands.value = choices.hands;
      wrong.value = String(choices.wrong);
      network.value = choices.network;
      for (const box of habits) box.checked = !choices.without.includes(box.dataset.habit ?? "");
      for (const name of /** @type {const} */ (["distorted", "anywhere", "own"])) checks[name].checked = choices[name];
      seed = choices.seed;
      refresh();
    },
    /** @param {number} count of the visitor's own digits */
    tellOwn(count) {
      const words = root.querySelector(".own-words");
      if (words) words.textContent = text("teach_own", { count });
    },
  };
}
