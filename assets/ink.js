/* The ink: pointer events in, strokes out, and the strokes drawn on a canvas.
 *
 * A stroke is a list of [x, y] points in pad units: 0 to 1000 from left to right and from top to
 * bottom, whatever the size of the pad on the screen.
 */
const PAD_UNITS = 1000;
const BRUSH = 75; // as wide, beside a digit that fills two thirds of the pad, as MNIST's pen
const LEAST_STEP = 2; // points closer than this say nothing new
const MOST_POINTS = 18000; // the server takes 20,000
const MOST_STROKES = 900; // and 1,000 of these

function createInk(canvas, { onChange, onFull }) {
  const context = canvas.getContext("2d");
  const dry = document.createElement("canvas"); // finished strokes, so that a frame draws only one
  let strokes = []; // {gesture, points}; a pen that leaves the pad and returns makes several
  let gesture = 0;
  let pen = null; // the pointer-down event of the pointer that draws; others are ignored
  let wet = null; // the stroke being drawn, the last one of strokes
  let away = null; // where the pen was last seen while it is beside the pad
  let frame = 0;

  function isFull() {
    if (strokes.length >= MOST_STROKES) return true;
    return strokes.reduce((sum, stroke) => sum + stroke.points.length, 0) >= MOST_POINTS;
  }

  function trace(target, points) {
    const scale = canvas.width / PAD_UNITS;
    target.strokeStyle = getComputedStyle(canvas).color;
    target.lineWidth = BRUSH * scale;
    target.lineCap = target.lineJoin = "round";
    target.beginPath();
    target.moveTo(points[0][0] * scale, points[0][1] * scale);
    // Through the middles of the segments, bent at the points: no corners where the hand had none.
    for (let i = 1; i < points.length - 1; i++) {
      const [x, y] = points[i];
      const [nextX, nextY] = points[i + 1];
      target.quadraticCurveTo(
        x * scale, y * scale, ((x + nextX) / 2) * scale, ((y + nextY) / 2) * scale);
    }
    const [endX, endY] = points[points.length - 1];
    target.lineTo(endX * scale + 0.01, endY * scale); // a line without length would leave no dot
    target.stroke();
  }

  function draw() {
    frame = 0;
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (dry.width) context.drawImage(dry, 0, 0);
    if (wet) trace(context, wet.points);
  }

  function drawSoon() {
    frame ||= requestAnimationFrame(draw);
  }

  function dryAll() {
    dry.width = canvas.width; // also wipes it
    dry.height = canvas.height;
    const target = dry.getContext("2d");
    for (const stroke of strokes) if (stroke !== wet) trace(target, stroke.points);
    drawSoon();
  }

  function fit() {
    const side = Math.round(canvas.clientWidth * (window.devicePixelRatio || 1));
    if (!side || side === canvas.width) return;
    canvas.width = canvas.height = side;
    dryAll();
    draw(); // resizing wiped the canvas: do not wait a frame with an empty one
  }

  function place(event, box) {
    return [
      ((event.clientX - box.left) / box.width) * PAD_UNITS,
      ((event.clientY - box.top) / box.height) * PAD_UNITS,
    ].map((value) => Math.round(value * 10) / 10);
  }

  const onPad = ([x, y]) => x >= 0 && x <= PAD_UNITS && y >= 0 && y <= PAD_UNITS;

  // Where the way from a point on the pad to one beside it crosses the edge.
  function edge(inside, outside) {
    const shares = inside.map((value, axis) => {
      const step = outside[axis] - value;
      return step > 0 ? (PAD_UNITS - value) / step : step < 0 ? value / -step : 1;
    });
    const share = Math.min(1, ...shares);
    return inside.map((value, axis) => value + share * (outside[axis] - value));
  }

  function addPoint(point) {
    if (!onPad(point)) {
      const leaving = wet;
      if (leaving) leaving.points.push(edge(leaving.points.at(-1), point));
      lift();
      away = point;
      return Boolean(leaving);
    }
    if (!wet) {
      wet = { gesture, points: away ? [edge(point, away), point] : [point] };
      away = null;
      strokes.push(wet);
      return true;
    }
    const [lastX, lastY] = wet.points[wet.points.length - 1];
    if (Math.hypot(point[0] - lastX, point[1] - lastY) < LEAST_STEP) return false;
    wet.points.push(point);
    return true;
  }

  function lift() {
    if (!wet) return;
    const target = dry.getContext("2d");
    trace(target, wet.points);
    wet = null;
    drawSoon();
  }

  function down(event) {
    if (!event.isPrimary || event.button !== 0) return; // a second finger, another button
    // Beside a pen a touch is the palm; a pen beside a touch is meant.
    const isOther = pen && pen.pointerType !== event.pointerType;
    if (isOther && event.pointerType !== "pen") return;
    event.preventDefault(); // no text is selected, nothing is dragged
    lift(); // of its kind only one is primary: the last one has gone, even if we were not told
    pen = null;
    if (isFull()) {
      onFull();
      return;
    }
    const box = canvas.getBoundingClientRect();
    if (!box.width) return;
    gesture += 1;
    away = null;
    addPoint(place(event, box));
    try {
      canvas.setPointerCapture(event.pointerId);
      pen = event;
    } catch {
      lift(); // the pointer is gone already: its dot stays, and nothing is left to follow
    }
    drawSoon();
    onChange();
  }

  function move(event) {
    if (event.pointerId !== pen?.pointerId) return;
    const box = canvas.getBoundingClientRect();
    const isUp = event.pointerType === "mouse" && !(event.buttons & 1); // lifted, and we missed it
    if (isUp || !box.width) {
      up(event);
      return;
    }
    const events = event.getCoalescedEvents?.() ?? [];
    let changed = false;
    for (const each of events.length ? events : [event]) {
      changed = addPoint(place(each, box)) || changed;
    }
    if (!changed) return;
    drawSoon();
    onChange();
    if (isFull()) {
      up(event);
      onFull();
    }
  }

  function up(event) {
    if (event.pointerId !== pen?.pointerId) return;
    pen = null;
    lift(); // the last point has been told of already
  }

  function removeWhere(isGone) {
    if (!strokes.length) return;
    pen = wet = null;
    strokes = strokes.filter((stroke) => !isGone(stroke));
    dryAll();
    onChange();
  }

  canvas.addEventListener("pointerdown", down);
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("lostpointercapture", up);
  new ResizeObserver(fit).observe(canvas);
  // Light to dark changes the colour of the ink.
  new MutationObserver(dryAll).observe(document.body, { attributeFilter: ["class"] });
  fit();

  return {
    strokes: () => strokes.map((stroke) => stroke.points),
    isBlank: () => strokes.length === 0,
    clear: () => removeWhere(() => true),
    undo() {
      const last = strokes.at(-1)?.gesture;
      removeWhere((stroke) => stroke.gesture === last);
    },
  };
}
