/* Several files in one, not compressed (PKWARE APPNOTE 6.3.10, method 0): written, and read again. */

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** @param {Record<string, Uint8Array<ArrayBuffer>>} files by name */
export function zip(files) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, data] of Object.entries(files)) {
    const file = new TextEncoder().encode(name);
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

/** @param {Uint8Array<ArrayBuffer>[]} parts */
function size(parts) {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

/** Little-endian fields. @param {[value: number, bytes: number][]} list */
function fields(...list) {
  return Uint8Array.from(list.flatMap(([value, bytes]) =>
    Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) & 255)));
}

/**
 * The files of such an archive by name. An error if it is none, or one that is compressed.
 * @param {ArrayBuffer} buffer
 */
export function unzip(buffer) {
  const view = new DataView(buffer);
  const end = findEnd(view);
  /** @type {Record<string, Uint8Array<ArrayBuffer>>} */
  const files = {};
  let at = view.getUint32(end + 16, true); // the directory
  for (let left = view.getUint16(end + 10, true); left; left--) {
    const method = view.getUint16(at + 10, true);
    const length = view.getUint32(at + 24, true);
    const name = new TextDecoder().decode(new Uint8Array(buffer, at + 46, view.getUint16(at + 28, true)));
    const local = view.getUint32(at + 42, true);
    if (method !== 0) throw new Error(`${name} is compressed.`);
    const data = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    files[name] = new Uint8Array(buffer, data, length);
    at += 46 + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(at + field, true), 0);
  }
  return files;
}

/** @param {DataView} view */
function findEnd(view) {
  const last = view.byteLength - 22;
  for (let at = last; at >= 0 && at > last - 65536; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  throw new Error("It is no zip file.");
}
