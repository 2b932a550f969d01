import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["assets/vendor/"] },
  js.configs.recommended,
  { files: ["assets/**/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["tests/js/**/*.mjs"], languageOptions: { globals: globals.node } },
];
