/** Finds the elements within another by their test id. @param {ParentNode} root @returns {(testId: string) => any} */
export const partsOf = (root) => (testId) => root.querySelector(`[data-testid="${testId}"]`);

/** A button that is no form's. @param {string} [text] @param {() => void} [onClick] */
export function createButton(text = "", onClick = () => {}) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  button.addEventListener("click", onClick);
  return button;
}
