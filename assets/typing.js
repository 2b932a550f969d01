/** Whether keys and clipboard belong to a field of text. @param {EventTarget | null} target */
export function isTyping(target) {
  return target instanceof Element
    && target.matches('input:not([type="range"], [type="file"]), textarea, select, [contenteditable]');
}
