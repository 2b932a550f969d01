/* The arithmetic of a pixel in steps: products, sum, normalisation, ReLU. */
import { setExplained } from "./explained.js";

/**
 * @param {HTMLElement} list @param {any} unit
 * @param {{text: (key: string, values?: any) => string,
 *   number: (value: number, digits?: number) => string}} words
 */
export function showSums(list, unit, { text, number }) {
  const n = (/** @type {number} */ value) => number(value, 3);
  const inBrackets = (/** @type {number} */ value) => (value < 0 ? `(${n(value)})` : n(value));
  const products = unit.sums.reduce((/** @type {number} */ all, /** @type {number} */ one) => all + one, 0);
  /** @type {[string, string, string, number][]} */
  const steps = [];
  if (unit.hasKernels) {
    const hasBias = Math.abs(unit.bias) > 5e-4;
    const key = unit.sums.length > 1 ? (hasBias ? "network_sum_bias" : "network_sum")
      : hasBias ? "network_sum_one_bias" : "network_sum_one";
    steps.push(["sum", text("network_step_sum"), text(key,
      { count: unit.sums.length, products: n(products), bias: n(unit.bias), sum: n(unit.sum) }), unit.sum]);
  } else {
    steps.push(["sum", text("network_step_pooling"), text("network_largest_of", { sum: n(unit.sum) }), unit.sum]);
  }
  if (unit.normalisation) {
    const [mean, deviation, gamma, beta] = unit.normalisation;
    steps.push(["normalised", text("network_step_normalised"),
      `${inBrackets(gamma)} × (${n(unit.sum)} − ${inBrackets(mean)}) ÷ ${n(deviation)} + ${inBrackets(beta)} = ${n(unit.normalised)}`,
      unit.normalised]);
  }
  if (unit.isRectified) {
    steps.push(["value", "ReLU", `max(0, ${n(unit.normalised)}) = ${n(unit.value)}`, unit.value]);
  }
  list.replaceChildren(...steps.map(([name, word, sentence, value]) => {
    const item = document.createElement("li");
    item.dataset[name] = String(value);
    const step = document.createElement("span");
    step.className = "step";
    setExplained(step, word, text);
    const sum = document.createElement("span");
    const [before, after] = [sentence.slice(0, sentence.lastIndexOf("=") + 1), sentence.slice(sentence.lastIndexOf("=") + 1)];
    const result = document.createElement("b");
    result.textContent = after;
    sum.append(before, result);
    item.append(step, sum);
    return item;
  }));
  list.dataset.products = String(products);
  list.dataset.bias = String(unit.bias);
}
