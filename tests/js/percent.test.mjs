import assert from "node:assert/strict";
import { test } from "node:test";

import { percent } from "../../assets/shared/percent.js";

test("a share is never 100 percent", () => {
  for (const share of [0.995, 0.9951, 0.9999, 1]) assert.equal(percent(share), ">99");
  assert.deepEqual([0, 0.004, 0.005, 0.5, 0.9949].map(percent), ["0", "0", "1", "50", "99"]);
});
