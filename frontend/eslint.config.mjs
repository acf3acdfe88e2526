import js from "@eslint/js";
import globals from "globals";

const strict = {
  ...js.configs.recommended.rules,
  complexity: ["error", 10],
  curly: ["error", "multi-line"],
  eqeqeq: "error",
  "max-lines": ["error", 400],
  "max-lines-per-function": ["error", 50],
  "no-alert": "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
  "prefer-template": "error",
};

const noHtmlFromText = {
  "no-restricted-properties": [
    "error",
    { property: "innerHTML", message: "Build elements, or let the server send them." },
    { property: "outerHTML", message: "Build elements, or let the server send them." },
  ],
};

export default [
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
    rules: { ...strict, ...noHtmlFromText, "no-console": "error" },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.node },
    rules: strict,
  },
];
