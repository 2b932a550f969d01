import assert from "node:assert/strict";
import { test } from "node:test";

import { npz } from "../../assets/shared/npz.js";

async function bytesOf(blob) {
  return new DataView(await blob.arrayBuffer());
}

test("it is a zip of npy files, stored, with NumPy's header", async () => {
  const values = Uint8Array.from({ length: 2 * 28 * 28 }, (_, i) => i % 256);
  const view = await bytesOf(npz({
    x_train: { values, shape: [2, 28, 28] }, y_train: { values: Uint8Array.of(3, 10), shape: [2] },
  }));
  const text = (from, length) => String.fromCharCode(...new Uint8Array(view.buffer, from, length));
  assert.equal(view.getUint32(0, true), 0x04034b50);
  assert.equal(view.getUint16(8, true), 0); // stored
  assert.equal(text(30, view.getUint16(26, true)), "x_train.npy");
  const start = 30 + view.getUint16(26, true);
  assert.equal(text(start + 1, 5), "NUMPY");
  const header = view.getUint16(start + 8, true);
  assert.equal((10 + header) % 64, 0);
  assert.match(text(start + 10, header), /'shape': \(2, 28, 28\)/);
  assert.deepEqual(new Uint8Array(view.buffer, start + 10 + header, values.length), values);
  assert.equal(view.getUint32(view.byteLength - 22, true), 0x06054b50);
  assert.equal(view.getUint16(view.byteLength - 12, true), 2); // files
});

test("the checksum is the zip's own (CRC-32 of 123456789 is cbf43926)", async () => {
  const view = await bytesOf(npz({ a: { values: new TextEncoder().encode("123456789"), shape: [9] } }));
  const { crc32 } = await import("node:zlib");
  const size = view.getUint32(18, true);
  const data = new Uint8Array(view.buffer, 30 + view.getUint16(26, true), size);
  if (crc32) assert.equal(view.getUint32(14, true), crc32(data));
  assert.equal(data.length, size);
});
