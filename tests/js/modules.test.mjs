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

test("no module leads back to itself", () => {
  assert.ok(names.length > 20);
  function visit(name, way) {
    assert.ok(!way.includes(name), [...way, name].join(" -> "));
    for (const other of imports.get(name)) visit(other, [...way, name]);
  }
  for (const name of names) visit(name, []);
});

/* What each folder may import, besides itself. A tab is a folder of its own. */
const ALLOWED = { shared: [], stage: ["shared"], pad: ["shared", "stage"], tabs: ["shared"], tab: ["shared", "tabs"] };
const folderOf = (name) => dirname(name).split("/").slice(0, 2).join("/");

test("folders import one way, and a tab knows no other tab", () => {
  assert.deepEqual(names.filter((name) => dirname(name) === "."), [], "a module at the top");
  for (const [name, others] of imports) {
    const folder = folderOf(name);
    const allowed = ALLOWED[folder.startsWith("tabs/") ? "tab" : folder];
    assert.ok(allowed, `${name}: no such folder is known`);
    for (const other of others) {
      assert.ok(folderOf(other) === folder || allowed.includes(folderOf(other)), `${name}: ${other}`);
    }
  }
});
