import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { afterEach, test } from "node:test";

import { createTexts } from "../../assets/shared/texts.js";

/* The texts in a folder, by language. */
function textsIn(path) {
  const folder = new URL(`../../assets/${path}/`, import.meta.url);
  return Object.fromEntries(readdirSync(folder).map((name) => [
    name.replace(".json", ""), JSON.parse(readFileSync(new URL(name, folder), "utf-8"))]));
}
const LANGUAGES = textsIn("texts");
const TEACHING = textsIn("tabs/teach/texts");

function visitor(...languages) {
  globalThis.window = { gradio_config: { i18n_translations: LANGUAGES } };
  Object.defineProperty(globalThis, "navigator", { value: { languages }, configurable: true });
  return createTexts();
}

afterEach(() => {
  delete globalThis.window;
});

test("every language has every text, with the same places for values", () => {
  const places = (text) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  for (const all of [LANGUAGES, TEACHING]) {
    assert.deepEqual(Object.keys(all), Object.keys(LANGUAGES));
    for (const [language, texts] of Object.entries(all)) {
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(all.en).sort(), language);
      for (const [key, text] of Object.entries(texts)) {
        assert.deepEqual(places(text), places(all.en[key]), `${language}: ${key}`);
      }
    }
  }
});

/* The names in quotes or before a colon, and the keys that are put together, in all of the product. */
const sources = ["assets", "demo", "mnist_model"].flatMap((name) => {
  const folder = new URL(`../../${name}/`, import.meta.url);
  return readdirSync(folder, { recursive: true }).map(String)
    .filter((file) => /\.(js|html|py)$/.test(file) && !file.startsWith("vendor"))
    .map((file) => readFileSync(new URL(file, folder), "utf-8"));
}).join("\n");
const names = new Set([...sources.matchAll(/["'`]([\w-]+)["'`]|^\s+(\w+):/gm)].map(([, quoted, key]) => quoted ?? key));
const patterns = [...sources.matchAll(/[`"]([a-z]+_\w*(?:\$?\{[^}]+\}\w*)+)[`"]/g)]
  .map(([, template]) => new RegExp(`^${template.replace(/\$?\{[^}]+\}/g, "([\\w-]+)")}$`));

test("every text is used, by its key or by one that is put together from names", () => {
  assert.ok(patterns.length > 10);
  for (const key of Object.keys({ ...LANGUAGES.en, ...TEACHING.en })) {
    const isComposed = patterns.some((pattern) => pattern.exec(key)?.slice(1).every((name) => names.has(name)));
    assert.ok(names.has(key) || isComposed, key);
  }
});

test("the visitor's first language that there is, is spoken; English else", () => {
  assert.equal(visitor("de-AT", "fr").text("undo"), LANGUAGES.de.undo);
  assert.equal(visitor("it", "fr-CA").text("undo"), LANGUAGES.fr.undo);
  assert.equal(visitor("it").text("undo"), LANGUAGES.en.undo);
});

test("values take their places, and percent signs and French colons stay on their line", () => {
  assert.equal(visitor("en").text("reads", { digit: 7, sure: 98 }), "It reads 7, 98\u00a0% sure.");
  assert.equal(visitor("fr").text("adversarial_second", { digit: 0 }), "Le deuxième choix du réseau\u00a0: 0");
});

test("numbers are the language's, with a minus sign", () => {
  assert.equal(visitor("de").number(-1.25, 2), "−1,25");
  assert.equal(visitor("en").percent(0.5), "50.0");
});
