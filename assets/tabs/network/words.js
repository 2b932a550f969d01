/* The network's layers, maps and lines in words. */

const NAMES = {
  Conv2D: ["network_convolution", "network_convolution_short"],
  DepthwiseConv2D: ["network_mean", "network_mean_short"],
  Dense: ["network_dense", "network_dense_short"],
};
const POOLING = ["network_pooling", "network_pooling_short"];
const NAMED = 3; // lines in a sentence

/** @param {ReturnType<typeof import("../../shared/texts.js").createTexts>} texts */
export function createWords({ text, number, language }) {
  const and = new Intl.ListFormat(language);

  /** @param {{name: string, kind: string}} layer */
  function nameOf({ name, kind }, isLong = false) {
    const [long, short] = NAMES[kind] ?? POOLING;
    return text(isLong ? long : short, { at: name.match(/\d+$/)?.[0] ?? "" });
  }

  /** @param {any} layer @param {number} map */
  const mapOf = (layer, map) => text("network_map", { layer: nameOf(layer, true), map });

  /** How many maps, how large, how bright. @param {any} layer */
  function sizeOf({ name, kind, shape: [side, , count], highest }) {
    return text("network_layer_size", { layer: nameOf({ name, kind }, true), count, side, highest: number(highest, 1) });
  }

  /** What a map or digit adds, and its strongest lines.
   * @param {any} head @param {number} index of the layer @param {number} place */
  function sentenceOf(head, index, place) {
    const layer = head.layers[index];
    const isScore = index === head.layers.length - 1;
    const value = isScore ? head.logits[place] : layer.contributions[place];
    const sum = isScore ? text("network_score_of", { digit: place, value: number(value, 2) })
      : text(value < 0 ? "network_takes" : "network_adds",
        { map: mapOf(layer, layer.shown[place]), value: number(Math.abs(value), 2), digit: head.digit });
    if (!layer.incoming || !index) return sum;
    const sizes = layer.incoming.map((row) => Math.abs(row[place]));
    const all = Math.max(1e-9, sizes.reduce((one, other) => one + other));
    const parts = sizes.map((size, from) => ({ share: Math.round((100 * size) / all), map: head.layers[index - 1].shown[from] }))
      .sort((one, other) => other.share - one.share).slice(0, NAMED).map((line) => text("network_line_from", line));
    return `${sum} ${text("network_strongest", { parts: and.format(parts) })}`;
  }

  return { text, number, nameOf, mapOf, sizeOf, sentenceOf };
}
