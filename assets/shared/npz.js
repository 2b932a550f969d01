/* NumPy's archive of arrays, written in the browser.
 *
 * A zip of .npy files, as in NumPy's "NEP 1 - A simple file format for NumPy arrays", version 1.0.
 */
import { zip } from "./zip.js";

/** @param {Uint8Array} values in C order @param {number[]} shape */
function npy(values, shape) {
  const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': ${tuple}, }`;
  const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11) + "\n";
  const start = [0x93, ...Array.from("NUMPY", (c) => c.charCodeAt(0)), 1, 0,
    padded.length & 255, padded.length >> 8];
  return Uint8Array.from([...start, ...new TextEncoder().encode(padded), ...values]);
}

/** @param {Record<string, {values: Uint8Array, shape: number[]}>} arrays */
export function npz(arrays) {
  return zip(Object.fromEntries(Object.entries(arrays).map(
    ([name, { values, shape }]) => [`${name}.npy`, npy(values, shape)])));
}
