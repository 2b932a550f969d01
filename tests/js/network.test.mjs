import assert from "node:assert/strict";
import { test } from "node:test";

import { coloursFor, signColour, through } from "../../assets/tabs/network/colours.js";
import { differenceOf, layOutCompared, roomToCompare } from "../../assets/tabs/network/comparison.js";
import { plain } from "../../assets/tabs/network/explained.js";
import { NARROW, isAttached, layOut, roomFor } from "../../assets/tabs/network/layout.js";
import { linesInto, touches } from "../../assets/tabs/network/lines.js";
import { inputTile, layOutMap, squares, strongest } from "../../assets/tabs/network/map.js";
import { along } from "../../assets/tabs/network/scene.js";
import { createCamera, layOutSpace, planesOf } from "../../assets/tabs/network/space.js";
import { nearest } from "../../assets/tabs/network/spots.js";
import { createWords } from "../../assets/tabs/network/words.js";

const SIZES = [[320, 600], [362, 700], [560, 500], [720, 500], [720, 640], [1200, 810], [1250, 950], [2000, 1200]];

/** Layers as the server describes them, with `count` maps shown. */
function network(count) {
  const shapes = [[28, 16], [28, 16], [14, 16], [14, 48], [14, 48], [7, 48], [7, 96], [7, 96], [7, 96], [1, 96]];
  const layers = shapes.map(([side, maps], i) => {
    const shown = Array.from({ length: Math.min(count, maps) }, (_, c) => c);
    const attached = i === 2 || i === 5 || i === 9;
    return { name: `layer ${i}`, kind: attached ? "MaxPooling2D" : "Conv2D", shape: [side, side, maps], shown,
      ...(attached ? {} : { incoming: [shown.map((c) => c - 2)] }) };
  });
  const digits = Array.from({ length: 10 }, (_, digit) => digit);
  return [...layers, { name: "logits", kind: "Dense", shape: [1, 1, 10], shown: digits,
    incoming: layers[9].shown.map((c) => digits.map((d) => c - d)) }];
}

const boxOf = ({ x, y, size }) => ({ x, y, width: size, height: size });

/* Boxes lie within a frame of that size, and none covers another. */
function assertWithinAndApart(boxes, width, height) {
  for (const [i, a] of boxes.entries()) {
    assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.width <= width + 0.01, `${width} × ${height}: ${i}`);
    assert.ok(a.y + a.height <= height + 0.01, `${width} × ${height}: ${i}`);
    for (const b of boxes.slice(i + 1)) {
      const apart = a.x + a.width <= b.x + 0.01 || b.x + b.width <= a.x + 0.01
        || a.y + a.height <= b.y + 0.01 || b.y + b.height <= a.y + 0.01;
      assert.ok(apart, `${width} × ${height}: ${JSON.stringify([a, b])}`);
    }
  }
}

test("maps and titles are within the frame at any size, in their order, and cover nothing", () => {
  for (const [width, height] of SIZES) {
    const described = network(roomFor(width, height));
    const layout = layOut(width, height, described);
    const { ink, layers, outputs, isDown } = layout;
    const tiles = [ink, ...layers.flatMap((layer) => layer.tiles), ...outputs];
    const titles = layers.map(({ title }) => title).filter(Boolean);
    assertWithinAndApart([...tiles.map(boxOf), ...titles], width, layout.height);
    assert.equal(isDown, width < NARROW);
    const [along, aside] = isDown ? ["y", "x"] : ["x", "y"];
    layers.forEach((layer, i) => {
      const says = `${width} × ${height}: ${layer.tiles[0].size}`;
      if (width >= 720 && !isAttached(described[i])) assert.ok(layer.tiles[0].size >= 40, says); // pixels
      if (i) assert.ok(layer.tiles[0][along] > layers[i - 1].tiles[0][along], says);
      layer.tiles.slice(1).forEach((tile, j) => assert.ok(tile[aside] > layer.tiles[j][aside], says));
    });
  }
});

test("the strongest line of a step has all of its width, and is drawn last", () => {
  const head = { digit: 3, layers: network(6) };
  const lines = linesInto(head, 10);
  assert.equal(lines.at(-1).share, 1);
  assert.ok(lines.every(({ share }, i) => !i || share >= lines[i - 1].share));
  for (const { from, to, value } of lines) assert.equal(value, head.layers[10].incoming[from][to]);
  assert.deepEqual(linesInto(head, 2), []); // a pooling has no lines
});

test("a chosen map keeps the lines that lead to it and from it, past what is attached to it", () => {
  const head = { digit: 3, layers: network(6) };
  assert.ok(touches(head, { layer: 1, place: 2 }, 1, { from: 0, to: 2 }));
  assert.ok(!touches(head, { layer: 1, place: 2 }, 1, { from: 2, to: 0 }));
  assert.ok(touches(head, { layer: 1, place: 2 }, 3, { from: 2, to: 5 })); // through the pooling
  assert.ok(touches(head, { layer: 2, place: 2 }, 1, { from: 0, to: 2 }));
  assert.ok(touches(head, { layer: -1, place: 0 }, 0, { from: 0, to: 4 }));
  assert.ok(touches(head, { layer: 10, place: 7 }, 10, { from: 1, to: 7 }));
  assert.ok(!touches(head, { layer: 9, place: 7 }, 10, { from: 1, to: 7 }));
});

test("zero is the ground, more is further from it, in both colour maps", () => {
  for (const isDark of [true, false]) {
    const { sequential, diverging } = coloursFor(isDark);
    const light = (table, i) => 0.2126 * table[3 * i] + 0.7152 * table[3 * i + 1] + 0.0722 * table[3 * i + 2];
    for (let i = 1; i < 256; i++) {
      const more = light(sequential, i) - light(sequential, i - 1);
      assert.ok(isDark ? more >= -0.5 : more <= 0.5, `${isDark} ${i}: ${more}`);
    }
    assert.deepEqual([...diverging.slice(384, 387)], [...sequential.slice(0, 3)]);
    assert.ok(diverging[3 * 255] > diverging[3 * 255 + 2]); // for is orange
    assert.ok(diverging[3] < diverging[5]); // against is blue
  }
  assert.notEqual(signColour(-1), signColour(1));
  assert.deepEqual([...through([[0, 0, 0], [255, 0, 0]]).slice(-3)], [255, 0, 0]);
});

test("the arrows lead to the nearest in their direction", () => {
  const boxes = [[0, 0], [50, 4], [100, 0], [0, 50]].map(([x, y]) => ({ x, y, width: 10, height: 10 }));
  assert.equal(nearest(boxes, 0, [1, 0]), 1);
  assert.equal(nearest(boxes, 1, [1, 0]), 2);
  assert.equal(nearest(boxes, 0, [0, 1]), 3);
  assert.equal(nearest(boxes, 0, [-1, 0]), -1);
  assert.equal(nearest(boxes, 3, [0, -1]), 0);
});

test("squares are as large as fits", () => {
  for (const [count, width, height] of [[1, 300, 200], [48, 450, 260], [96, 800, 560], [16, 360, 200], [512, 700, 500]]) {
    const { size, across } = squares(count, width, height, 14, 1000);
    assert.ok(across * (size + 5) - 5 <= width && Math.ceil(count / across) * (size + 19) - 5 <= height + 0.01);
    const larger = [...Array(count).keys()].some((i) => (i + 1) * (size + 7) - 5 <= width
      && Math.ceil(count / (i + 1)) * (size + 21) - 5 <= height);
    assert.ok(!larger, `${count} in ${width} × ${height}: ${size}`);
  }
});

test("an opened map's parts do not cover each other", () => {
  for (const [width, height] of SIZES) {
    for (const [inputs, size] of [[1, 3], [16, 3], [48, 3], [96, 3], [96, 1], [1, 7], [1, 2], [1, 28]]) {
      const { ink, map, grid, detail, height: all } = layOutMap(width, height, inputs, size, size === 1);
      const last = inputTile(grid, inputs - 1);
      assert.ok(last.y + last.size + grid.below <= detail.y, `${width} × ${height}, ${inputs}`);
      assert.ok(detail.y + detail.cell * size <= all + 1, `${width} × ${height}, ${inputs} of ${size}`);
      assert.ok(detail.x + 3 * size * detail.cell + 1.2 * detail.cell <= width + 1, `${width}: ${size}`);
      assert.ok(width < NARROW ? map.x >= ink.x + ink.size : map.y >= ink.y + ink.size);
      assert.ok(width < NARROW || grid.x >= ink.x + ink.size);
    }
  }
});

test("the strongest input adds or takes most", () => {
  assert.equal(strongest(Float32Array.of(1, -3, 2)), 1);
});

test("a bead runs along its line from end to end", () => {
  const layout = layOut(720, 560, network(6));
  const points = layout.curve(3, { from: 1, to: 4 });
  assert.deepEqual(along(points, 0), points[0]);
  assert.deepEqual(along(points, 1), points[3]);
  const { x, y, size } = layout.layers[3].tiles[4];
  assert.deepEqual(points[3], [x, y + size / 2]);
});

test("a map's sentence names its three strongest lines by their maps' numbers, with their shares", () => {
  const text = (key, values = {}) => `${key} ${Object.values(values).join(" ")}`;
  const { sentenceOf } = createWords({ text, number: String, language: "en" });
  const head = { digit: 7, logits: [], layers: [
    { name: "convolution 1", kind: "Conv2D", shown: [3, 9, 5, 6], contributions: [5, 1, 0, 0], incoming: [[4, 1, 0, 0]] },
    { name: "convolution 2", kind: "Conv2D", shown: [2], contributions: [-16], incoming: [[4], [-8], [3], [1]] },
    {},
  ] };
  assert.match(sentenceOf(head, 0, 0), /^network_adds .*map.* 3 5 7$/);
  assert.match(sentenceOf(head, 1, 0), /^network_takes .* 16 7 network_strongest /);
  const lines = [...sentenceOf(head, 1, 0).matchAll(/network_line_from (\d+) (\d+)/g)].map(([, ...two]) => two.map(Number));
  assert.deepEqual(lines.map(([share, map]) => [map, share]), [[9, 50], [3, 25], [5, 19]]);
});

test("a dotted word's mark is not read out", () => {
  assert.equal(plain("These [maps](map) add to the [score](score)."), "These maps add to the score.");
});

test("two drawings' maps are within the frame, cover nothing, and stand where the others' do", () => {
  for (const [width, height] of SIZES) {
    const count = roomToCompare(width);
    const layers = network(count).slice(0, -1).filter((layer) => !isAttached(layer));
    const layout = layOutCompared(width, height, layers, count);
    const boxes = [
      ...layout.bands.flatMap((band) => [band.ink, ...band.layers.flat()].map(boxOf)),
      ...layout.bands.map(({ label }) => label), ...layout.titles,
    ];
    assertWithinAndApart(boxes, width, layout.height);
    const [first, ...others] = layout.bands;
    for (const band of others) {
      band.layers.forEach((tiles, i) => tiles.forEach(({ y, size }, place) => {
        const tile = first.layers[i][place];
        assert.ok(Math.abs(size - tile.size) < 1e-9);
        assert.ok(Math.abs(y - tile.y) < 1e-9);
      }));
    }
  }
});

test("what two drawings share is zero in their difference, and the largest is as colourful as can be", () => {
  const [pinned, other] = [Uint8Array.of(0, 90, 255, 7), Uint8Array.of(0, 190, 205, 7)];
  const bytes = differenceOf(pinned, other, 255);
  assert.deepEqual([bytes[0], bytes[1], bytes[3]], [128, 255, 128]);
  assert.ok(Math.abs(bytes[2] - 64.5) <= 0.5); // half as much, the other way
  const faint = differenceOf(Uint8Array.of(0, 1), Uint8Array.of(1, 0), 255);
  assert.ok(Math.max(...faint) < 135 && Math.min(...faint) > 121); // stays pale
  assert.deepEqual([...differenceOf(pinned, pinned, 255)], [128, 128, 128, 128]);
});

test("the network in space stays within the frame, however it is turned, and what is nearer is larger", () => {
  const planes = planesOf(network(8));
  assert.deepEqual(planes.map(({ index }) => index), [-1, 0, 1, 3, 4, 6, 7, 8, 10]); // no poolings
  const corners = planes.flatMap(({ along, places, side }) => places.flatMap(([down, right]) => (
    [-side / 2, side / 2].map((half) => [along, down + half, right + half]))));
  const turns = [-1.3, 0, 0.8, 1.3].flatMap((yaw) => [-0.25, 0.3, 0.9].map((pitch) => ({ yaw, pitch })));
  for (const [width, height] of SIZES) {
    for (const turn of turns) {
      const project = createCamera(planes, turn, width, height);
      for (const corner of corners) {
        const { x, y, scale } = project(corner);
        assert.ok(x >= 0 && x <= width && y >= 0 && y <= height && scale > 0, JSON.stringify([width, height, turn]));
      }
      if (turn.yaw > 0) assert.ok(project([-3, 0, 0]).scale > project([3, 0, 0]).scale);
    }
  }
});

test("in space lines lead from plane to plane, and far planes are painted first", () => {
  for (const layers of [network(8), network(12), network(3).slice(7)]) {
    for (const yaw of [-0.7, 0.7]) {
      const { curve, order, ink, layers: places, outputs } = layOutSpace(layers, { yaw, pitch: 0.2 }, 800, 500);
      const index = layers.findLastIndex((layer) => layer.incoming);
      const [end] = curve(index, { from: 0, to: 3 }).slice(-1);
      assert.ok(Math.hypot(end[0] - outputs[3].x - outputs[3].size / 2, end[1] - outputs[3].y - outputs[3].size / 2) < 1e-6);
      assert.deepEqual(order[yaw > 0 ? order.length - 1 : 0], ["maps", -1]);
      assert.equal(order.filter(([kind]) => kind === "lines").length, layers.filter((layer) => layer.incoming).length);
      const sizes = [ink, ...places.flatMap(({ tiles }) => tiles)].map(({ size }) => size);
      assert.ok(sizes.every((size) => size > 5), `${sizes}`);
    }
  }
});
