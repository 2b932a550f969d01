/* The network that reads the pad instead of the page's own: a tab lends it, the pad shows what it reads. */
import { createValue } from "./listeners.js";

/**
 * @typedef {object} OtherNetwork
 * @property {(pixels: Uint8Array, strokes: import("./strokes.js").Point[][] | null) => Promise<Float32Array | undefined>}
 *   read ten probabilities for 784 grey levels; `strokes`: the whole drawing, if these pixels are all of it
 * @property {() => void} end the visitor wants the page's own network back
 */
/** @type {ReturnType<typeof createValue<OtherNetwork | null>>} */
const other = createValue(null);

export const otherNetwork = other.get;
export const onOtherNetwork = other.listen;

/** Lends a network, again whenever its weights have changed; null takes it back. @param {OtherNetwork | null} next */
export function setOtherNetwork(next) {
  if (next || other.get()) other.set(next);
}
