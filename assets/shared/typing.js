/** Whether keys and clipboard belong to a field of text. @param {EventTarget | null} target */
export function isTyping(target) {
  return target instanceof Element
    && target.matches('input:not([type="range"], [type="file"]), textarea, select, [contenteditable]');
}

/** Whether the arrow keys belong to a control: the pad's pen, a slider, a choice.
 * @param {EventTarget | null} target */
export function usesArrows(target) {
  return target instanceof Element && target.matches(
    'input, select, textarea, [role="application"], [role="slider"], [role="listbox"], [role="radiogroup"] *');
}
