/* The network's layers, maps and flows in words. */

const NAMES = {
  Conv2D: ["network_convolution", "network_convolution_short"],
  DepthwiseConv2D: ["network_mean", "network_mean_short"],
  Dense: ["network_dense", "network_dense_short"],
};
const POOLING = ["network_pooling", "network_pooling_short"];
const TOLD = 3; // of what comes into a map; the rest is summed up

/**
 * @param {{text: (key: string, values?: any) => string,
 *   number: (value: number, digits?: number) => string}} texts
 */
export function createWords({ text, number }) {
  /** @param {{name: string, kind: string}} layer */
  function nameOf({ name, kind }, isLong = false) {
    if (name === "logits") return text("network_logits");
    const [long, short] = NAMES[kind] ?? POOLING;
    return text(isLong ? long : short, { at: name.match(/\d+$/)?.[0] ?? "" });
  }

  /** @param {{shape: number[]}} layer */
  function shapeOf({ shape: [side, , maps] }) {
    return side === 1 ? `${maps}` : `${side}² · ${maps}`;
  }

  /**
   * What a chosen map or digit adds, and from what; without one how to read the whole.
   * @param {any} head @param {{layer: number, place: number} | null} chosen
   */
  function told(head, chosen) {
    if (!chosen || chosen.layer < 0) return text("network_told", { digit: head.digit });
    const layer = head.layers[chosen.layer];
    const { place } = chosen;
    const isLast = chosen.layer === head.layers.length - 1;
    const value = number(isLast ? head.logits[place] : layer.contributions[place], 2);
    const sum = isLast ? text("network_logit_told", { digit: place, value })
      : text("network_adds", {
        map: text("network_map", { layer: nameOf(layer, true), map: layer.shown[place] }),
        value, digit: head.digit, highest: number(layer.highest, 2) });
    if (!layer.incoming) return sum;
    const parts = text("network_made_of", {
      parts: incoming(head, chosen).join(", "), constant: number(layer.constant[place], 2) });
    return `${sum} ${parts}`;
  }

  /** @param {any} head @param {{layer: number, place: number}} chosen */
  function incoming({ layers }, { layer, place }) {
    const { incoming: rows, others } = layers[layer];
    if (!layer) return [text("network_from_ink", { value: number(rows[0][place], 2) })];
    const parts = rows
      .map((/** @type {number[]} */ row, /** @type {number} */ i) => (
        { value: row[place], map: layers[layer - 1].shown[i] }))
      .sort((/** @type {any} */ one, /** @type {any} */ other) => Math.abs(other.value) - Math.abs(one.value));
    const rest = parts.slice(TOLD).reduce(
      (/** @type {number} */ all, /** @type {any} */ one) => all + one.value, others[place]);
    return [
      ...parts.slice(0, TOLD).map((/** @type {any} */ one) => text("network_from",
        { map: one.map, value: number(one.value, 2) })),
      text("network_from_others", { value: number(rest, 2) }),
    ];
  }

  /** What is read, as the verdict shows it; nothing of a blank pad.
   * @param {import("../../shared/answers.js").Reading | null} reading */
  const verdictOf = (reading) => (!reading ? "" : reading.is_digit ? String(reading.digit) : "?");

  /**
   * What a chosen map is for two drawings; without one how to read the whole.
   * @param {any} head @param {(import("../../shared/answers.js").Reading | null)[]} readings the pinned one's first
   * @param {{layer: number, place: number} | null} chosen
   */
  function toldOfBoth(head, readings, chosen) {
    if (!readings[1]) return text("network_compared_draw");
    if (!chosen) return text("network_compared_told");
    const layer = head.layers[chosen.layer];
    const [first, second] = [0, 1].map((one) => ({
      highest: number(layer.highests[one][chosen.place], 2),
      adds: number(layer.contributions[one][chosen.place], 2),
    }));
    return text("network_compared_map", {
      map: text("network_map", { layer: nameOf(layer, true), map: layer.shown[chosen.place] }),
      first: first.highest, second: second.highest, one: first.adds, two: second.adds,
      pinned: head.digits[0], other: head.digits[1] });
  }

  return { nameOf, shapeOf, told, verdictOf, toldOfBoth };
}
