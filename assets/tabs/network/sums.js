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
  const [key, keyWithBias] = unit.sums.length > 1 ? ["network_sum", "network_sum_bias"] : ["network_sum_one", "network_sum_one_bias"];
  const [mean, deviation, gamma, beta] = unit.normalisation ?? [];
  /** @type {[name: string, step: string, sum: string, value: number][]} */
  const steps = [unit.hasKernels
    ? ["sum", text("network_step_sum"), text(Math.abs(unit.bias) > 5e-4 ? keyWithBias : key,
      { count: unit.sums.length, products: n(products), bias: n(unit.bias), sum: "" }), unit.sum]
    : ["sum", text("network_step_pooling"), text("network_largest_of", { sum: "" }), unit.sum]];
  if (unit.normalisation) {
    steps.push(["normalised", text("network_step_normalised"),
      `${inBrackets(gamma)} × (${n(unit.sum)} − ${inBrackets(mean)}) ÷ ${n(deviation)} + ${inBrackets(beta)} = `, unit.normalised]);
  }
  if (unit.isRectified) steps.push(["value", "ReLU", `max(0, ${n(unit.normalised)}) = `, unit.value]);
  list.replaceChildren(...steps.map(([name, word, sentence, value]) => {
    const [item, step, sum, result] = ["li", "span", "span", "b"].map((tag) => document.createElement(tag));
    item.dataset[name] = String(value);
    step.className = "step";
    setExplained(step, word, text);
    result.textContent = n(value);
    sum.append(sentence, result);
    item.append(step, sum);
    return item;
  }));
  Object.assign(list.dataset, { products, bias: unit.bias });
}
