/* NumPy's archive of arrays, written in the browser.
 *
 * A zip of .npy files, neither compressed (PKWARE APPNOTE 6.3.10, method 0); .npy as in NumPy's
 * "NEP 1 - A simple file format for NumPy arrays", version 1.0.
 */
/** @param {Uint8Array} values in C order @param {number[]} shape */
function npy(values, shape) {
  const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': ${tuple}, }`;
  const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11) + "\n";
  const start = [0x93, ...Array.from("NUMPY", (c) => c.charCodeAt(0)), 1, 0,
    padded.length & 255, padded.length >> 8];
  return Uint8Array.from([...start, ...new TextEncoder().encode(padded), ...values]);
}

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** @param {Record<string, {values: Uint8Array, shape: number[]}>} arrays */
export function npz(arrays) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, { values, shape }] of Object.entries(arrays)) {
    const file = new TextEncoder().encode(`${name}.npy`);
    const data = npy(values, shape);
    // Version 2.0, no flags, stored, 1980-01-01 00:00, checksum, size, size, length of the name.
    /** @type {[number, number][]} */
    const common = [[20, 2], [0, 2], [0, 2], [0, 2], [33, 2], [crc32(data), 4],
      [data.length, 4], [data.length, 4], [file.length, 2], [0, 2]];
    parts.push(fields([0x04034b50, 4], ...common), file, data);
    directory.push(
      fields([0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
      file);
    offset = size(parts);
  }
  const end = fields([0x06054b50, 4], [0, 2], [0, 2], [directory.length / 2, 2],
    [directory.length / 2, 2], [size(directory), 4], [offset, 4], [0, 2]);
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}

/** @param {Uint8Array[]} parts */
function size(parts) {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

/** Little-endian fields. @param {[value: number, bytes: number][]} list */
function fields(...list) {
  return Uint8Array.from(list.flatMap(([value, bytes]) =>
    Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) & 255)));
}
