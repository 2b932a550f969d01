/* Whether keys and clipboard belong to a field of text. */
export function isTyping(target) {
  return target instanceof Element
    && target.matches('input:not([type="range"], [type="file"]), textarea, select, [contenteditable]');
}
