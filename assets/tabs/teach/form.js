/* The form in which visitors choose what a network is shown, and the buttons that keep their own digits. */
import { currentDrawing } from "../../shared/current_drawing.js";
import { beginExperiment } from "../../shared/experiments.js";
import { COUNTS, HABITS, HANDS, USUAL, WRONG_SHARES } from "./choices.js";
import { SCHEDULES } from "./networks.js";
import { addOwn, countOwn, forgetOwn, ownDigits, takeBackOwn } from "./own.js";

/** @typedef {import("./choices.js").Choices} Choices */

/** A button for each digit. @param {HTMLElement} row @param {(digit: number) => void} onPress */
function tenButtons(row, onPress) {
  return USUAL.digits.map((digit) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: String(digit) });
    button.addEventListener("click", () => onPress(digit));
    row.append(button);
    return button;
  });
}

/**
 * @param {HTMLElement} root
 * @param {ReturnType<typeof import("../../shared/texts.js").createTexts>} texts
 * @param {() => void} onChange by the visitor
 */
export function createForm(root, { text, number }, onChange) {
  const find = (/** @type {string} */ name) => /** @type {any} */ (root.querySelector(`[data-testid="${name}"]`));
  const part = (/** @type {string} */ name) => /** @type {any} */ (root.querySelector(name));
  const [each, hands, wrong, network] = ["each", "hands", "wrong-labels", "network"].map(find);
  const [told, form, keep] = ["output", ".form", ".keep"].map(part);
  const checks = { distorted: find("distorted"), anywhere: find("anywhere"), own: find("own") };
  const habits = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll("[data-habit]")]);
  for (const [field, values] of Object.entries({
    hands: HANDS, network: Object.keys(SCHEDULES), place: ["centred", "drawn"],
  })) find(field).append(...values.map((value) => new Option(text(`teach_${field}_${value}`), value)));
  wrong.append(...WRONG_SHARES.map((share) => new Option(
    text(share ? "teach_labels_wrong" : "teach_labels_right", { percent: 100 * share }), String(share))));
  const isOn = (/** @type {HTMLElement} */ button) => button.ariaPressed === "true";
  const digits = tenButtons(part(".digits"), (digit) => {
    if (isOn(digits[digit]) && chosen().digits.length === 1) return; // something has to be shown
    digits[digit].ariaPressed = String(!isOn(digits[digit]));
    changed();
  });
  const keepers = tenButtons(find("keep"), (digit) => {
    const drawing = currentDrawing();
    if (!drawing) return;
    addOwn(digit, drawing.pixels);
    beginExperiment({ name: "teach", tab: "", choices: {}, strokes: [] }); // the pad is free for the next
  });

  /** @returns {Choices} */
  function chosen() {
    return {
      digits: USUAL.digits.filter((digit) => isOn(digits[digit])),
      each: COUNTS[Number(each.value)],
      hands: hands.value,
      without: habits.filter((box) => !box.checked).map((box) => box.dataset.habit ?? ""),
      distorted: checks.distorted.checked,
      anywhere: checks.anywhere.checked,
      wrong: Number(wrong.value),
      own: checks.own.checked || hands.value === "own",
      network: network.value,
    };
  }

  /* What does not apply cannot be chosen. */
  function refresh() {
    const { digits: shown, hands: whose, own: isOwn } = chosen();
    const isOnlyOwn = whose === "own";
    told.textContent = number(COUNTS[Number(each.value)]);
    each.setAttribute("aria-valuetext", told.textContent);
    for (const box of habits) box.disabled = isOnlyOwn || !shown.includes(HABITS[box.dataset.habit ?? ""]);
    for (const field of [each, checks.distorted, checks.anywhere, wrong, checks.own]) field.disabled = isOnlyOwn;
    checks.own.checked = isOwn;
    keep.hidden = !isOwn;
    const mine = ownDigits();
    part(".own-words").textContent = text("teach_own", { count: mine.length });
    keepers.forEach((button, digit) => {
      const count = mine.filter((one) => one.digit === digit).length;
      button.disabled = !currentDrawing();
      button.dataset.count = count ? `×${count}` : "";
    });
    find("take-back").disabled = find("forget-own").disabled = !countOwn();
  }

  function changed() {
    refresh();
    onChange();
  }

  for (const field of [each, hands, wrong, network, ...Object.values(checks), ...habits]) {
    field.addEventListener(field === each ? "input" : "change", changed);
  }
  find("take-back").addEventListener("click", takeBackOwn);
  find("forget-own").addEventListener("click", forgetOwn);
  find("change").addEventListener("click", () => {
    form.hidden = !form.hidden;
    find("change").ariaExpanded = String(!form.hidden);
  });

  return {
    chosen,
    refresh,
    /** @param {Choices} choices */
    choose(choices) {
      digits.forEach((button, digit) => { button.ariaPressed = String(choices.digits.includes(digit)); });
      each.value = String(COUNTS.indexOf(choices.each));
      hands.value = choices.hands;
      wrong.value = String(choices.wrong);
      network.value = choices.network;
      for (const box of habits) box.checked = !choices.without.includes(box.dataset.habit ?? "");
      for (const name of /** @type {const} */ (["distorted", "anywhere", "own"])) checks[name].checked = choices[name];
      refresh();
    },
  };
}
