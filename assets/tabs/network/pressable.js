/* What can be pressed in each of the network's views, and what a screen reader calls it. */
import { inputTile } from "./opened.js";

/** @typedef {import("./spots.js").Spot} Spot */
/** @typedef {{x: number, y: number, size: number}} Tile */
/** @typedef {(key: string, values?: any) => string} Text */

const ALL_WIDTH = 50; // CSS pixels that "all 120" needs, in every language; in less stands "120"

/** @param {Tile} tile @param {number} least */
const boxOf = ({ x, y, size }, least = 0) => {
  const side = Math.max(size, least);
  return { x: x + (size - side) / 2, y: y + (size - side) / 2, width: side, height: side };
};

/**
 * @param {Text} text @param {(layer: any, isLong?: boolean) => string} nameOf
 * @param {(value: number, digits?: number) => string} number
 */
export function createPressable(text, nameOf, number) {
  const mapOf = (/** @type {any} */ layer, /** @type {number} */ map) => (
    text("network_map", { layer: nameOf(layer, true), map }));

  return {
    /**
     * The ink, the maps, "all 48", the ten digits.
     * @param {any} head @param {import("./layout.js").Layout} layout @returns {Spot[]}
     */
    overview(head, layout) {
      const last = head.layers.length - 1;
      return [
        { key: "ink", box: boxOf(layout.ink), label: text("network_ink"), data: { layer: -1, place: 0 } },
        ...layout.layers.flatMap(({ tiles, all }, layer) => {
          const one = head.layers[layer];
          const { length } = tiles;
          return [
            ...Array.from({ length }, (_, place) => ({
              key: `${layer}/${place}`, box: boxOf(tiles[place], 24), label: mapOf(one, one.shown[place]),
              data: { layer, place, channel: one.shown[place], contribution: one.contributions[place] },
            })),
            ...(all ? [{ key: `${layer}/all`, box: all,
              words: all.width < ALL_WIDTH ? number(one.shape[2]) : text("network_all", { count: one.shape[2] }),
              label: text("network_all_of", { count: one.shape[2], layer: nameOf(one, true) }),
              look: "words", data: { all: layer } }] : []),
          ];
        }),
        ...layout.outputs.map((box, place) => ({
          key: `${last}/${place}`, box, label: text("network_output", { digit: place }),
          data: { layer: last, place, logit: head.logits[place] } })),
      ];
    },

    /**
     * The maps of two drawings and of their difference.
     * @param {any} head @param {import("./compared.js").Layout} layout @returns {Spot[]}
     */
    compared(head, { bands }) {
      return bands.flatMap(({ layers }, band) => layers.flatMap((tiles, layer) => tiles.map((tile, place) => {
        const channel = head.layers[layer].shown[place];
        return {
          key: `${band}/${layer}/${place}`, box: boxOf(tile, Math.min(24, tile.size + 4)),
          label: text(["network_map_pinned", "network_map_on_pad", "network_map_difference"][band],
            { map: mapOf(head.layers[layer], channel) }),
          data: { band, layer, place, channel },
        };
      })));
    },

    /**
     * All maps of a layer.
     * @param {any} head @param {import("./layer.js").Grid} grid @returns {Spot[]}
     */
    layer(head, grid) {
      return Array.from({ length: head.shape[2] }, (_, channel) => ({
        key: `${head.number}:${channel}`, box: boxOf(inputTile(grid, channel)),
        label: mapOf(head, channel), data: { channel } }));
    },

    /**
     * A map's pixels, its inputs, and the way to the chosen one.
     * @param {any} head @param {any} unit @param {any} layout @param {number} input the chosen one
     * @returns {Spot[]}
     */
    map(head, unit, layout, input) {
      const deeper = text("network_deeper", { map: unit.channels[input] });
      return [
        { key: "pixels", box: boxOf(layout.map), look: "pixels",
          label: text("network_pixel", { row: unit.row, column: unit.column }),
          data: { row: unit.row, column: unit.column } },
        ...(head.number > 0 ? [{ key: "deeper", box: layout.deeper, look: "words", data: { deeper: 1 },
          words: deeper, label: deeper }] : []),
        ...unit.channels.map((/** @type {number} */ channel, /** @type {number} */ i) => ({
          key: `input ${i}`, box: boxOf(inputTile(layout.grid, i)), data: { input: i, sum: unit.sums[i] },
          label: text("network_input", { map: channel, sum: number(unit.sums[i], 2) }) })),
      ];
    },
  };
}
