import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";

const ASSETS = new URL("../../assets/", import.meta.url).pathname;
const names = readdirSync(ASSETS, { recursive: true }).map(String)
  .filter((name) => name.endsWith(".js") && !name.startsWith("vendor/"));

/* The modules that each imports. */
const imports = new Map(names.map((name) => {
  const text = readFileSync(join(ASSETS, name), "utf-8");
  const found = [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)];
  return [name, found.map(([, path]) => normalize(join(dirname(name), path)))];
}));

test("every import is of a module that is there", () => {
  assert.ok(names.length > 20);
  for (const [name, others] of imports) {
    for (const other of others) assert.ok(imports.has(other), `${name}: ${other}`);
  }
});

test("no module leads back to itself", () => {
  function visit(name, way) {
    assert.ok(!way.includes(name), [...way, name].join(" -> "));
    for (const other of imports.get(name)) visit(other, [...way, name]);
  }
  for (const name of names) visit(name, []);
});

test("a component's module is imported by nobody, and a tab knows no other tab", () => {
  const shared = ["tabs/figure.js", "tabs/tab.js"];
  const components = names.filter((name) => name === "sketchpad.js" || name === "tour.js"
    || (dirname(name) === "tabs" && !shared.includes(name)));
  assert.ok(components.length >= 10);
  for (const [name, others] of imports) {
    for (const other of others) {
      assert.ok(!components.includes(other), `${name}: ${other}`);
      const owner = dirname(other); // tabs/NAME/ holds the parts of tabs/NAME.js
      const isPart = dirname(owner) === "tabs";
      assert.ok(!isPart || dirname(name) === owner || name === `${owner}.js`, `${name}: ${other}`);
    }
  }
});
