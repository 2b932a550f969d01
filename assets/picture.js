/* Bring your own: a picture of a digit, chosen, dropped or pasted. The browser opens it and makes
 * it small, so that nothing large or strange travels.
 */
const LONGEST_SIDE = 512; // pixels; as a PNG always below what the server takes
const MOST_MEGABYTES = 30;

function createPicture(element, { text, number }, { onPicture, onError }) {
  const chooser = element.querySelector('[data-testid="chooser"]');
  const paper = element.querySelector(".paper");

  async function open(file) {
    const megabytes = file.size / 1e6;
    if (megabytes > MOST_MEGABYTES) {
      onError(text("picture_large", { size: number(megabytes), most: MOST_MEGABYTES }));
      return;
    }
    let bitmap;
    try {
      bitmap = await createImageBitmap(file);
    } catch {
      onError(text("picture_type"));
      return;
    }
    const share = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const small = document.createElement("canvas");
    small.width = Math.max(1, Math.round(bitmap.width * share));
    small.height = Math.max(1, Math.round(bitmap.height * share));
    const target = small.getContext("2d");
    target.imageSmoothingQuality = "high";
    target.drawImage(bitmap, 0, 0, small.width, small.height);
    bitmap.close();
    onPicture({
      bitmap: small,
      png: small.toDataURL("image/png").split(",")[1],
    });
  }

  const firstPicture = (files) => [...(files ?? [])].find(({ type }) => type.startsWith("image/"));

  function take(files) {
    if (!files?.length) return;
    const file = firstPicture(files);
    if (file) open(file);
    else onError(text("picture_type"));
  }

  element.querySelector('[data-testid="picture"]').addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    take(chooser.files);
    chooser.value = ""; // so that the same picture can be chosen again
  });
  document.addEventListener("paste", (event) => {
    if (isTyping(event.target)) return;
    take(event.clipboardData?.files);
  });
  element.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    paper.classList.add("target");
  });
  element.addEventListener("dragleave", () => paper.classList.remove("target"));
  element.addEventListener("drop", (event) => {
    paper.classList.remove("target");
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
}

/* Whether keys and clipboard belong to a field of text. */
function isTyping(target) {
  return target instanceof Element
    && target.matches('input:not([type="range"], [type="file"]), textarea, select, [contenteditable]');
}
