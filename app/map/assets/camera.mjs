// Where one looks: first view, fitting, moving, and remembering it over reruns and page switches.

import { HEIGHT, WIDTH } from "./cards.mjs";

const READABLE = 0.62; // below this the second line of a card cannot be read
const COMFORTABLE = 0.8;
const LARGEST_START = 0.85;
const SMALLEST = 0.06;
const LARGEST = 2.2;
const MARGIN = 28;

/** Map key -> what was looked at last. Lives as long as the page, so it survives a switch to another page and back. */
const MEMORY = new Map();

export function recall(key) {
  return MEMORY.get(key) ?? {};
}

export function remember(map) {
  if (!map.placed) return;
  const scale = map.net.getScale();
  const position = map.net.getViewPosition();
  const { shape, touched, focusSeq } = map;
  MEMORY.set(map.key, { shape, scale, position, touched, focusSeq, size: sizeOf(map) });
  // Tests wait for the end of a movement here.
  map.root.dataset.view = [scale.toFixed(3), Math.round(position.x), Math.round(position.y)].join(" ");
}

/** What of the canvas is on the screen, in canvas coordinates. */
export function visibleArea(map) {
  const scale = map.net.getScale();
  const { x, y } = map.net.getViewPosition();
  const halfWidth = map.canvas.clientWidth / 2 / scale;
  const halfHeight = map.canvas.clientHeight / 2 / scale;
  return { scale, left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
}

/** Screen pixels that legend and tools cover, kept free of cards when we choose the view. */
function insets(map) {
  return { top: map.parts.legend.offsetHeight + 26, bottom: 22, side: MARGIN };
}

/** First view: all of it when that can be read, else a readable part around the start. */
export function place(map) {
  map.net.setSize("100%", "100%"); // vis measured the canvas before it had a size
  const old = recall(map.key);
  // What nobody moved is chosen anew for another size: the page is often laid out in two steps.
  if (old.shape === map.shape && (old.touched || old.size === sizeOf(map))) {
    map.net.moveTo({ scale: old.scale, position: old.position, animation: false });
    map.touched = old.touched;
  } else map.net.moveTo({ ...firstView(map), animation: false });
  map.placed = true;
  remember(map);
}

function sizeOf({ canvas }) {
  return `${canvas.clientWidth} ${canvas.clientHeight}`;
}

function firstView(map) {
  const start = map.model.byId.get(map.start);
  const whole = wholeView(map);
  return whole.scale >= READABLE || !start ? whole : readableView(map, start);
}

function wholeView(map) {
  const { box } = map.model;
  const inset = insets(map);
  const scale = Math.min(
    1,
    (map.canvas.clientWidth - 2 * inset.side) / box.width,
    (map.canvas.clientHeight - inset.top - inset.bottom) / box.height,
  );
  const safe = Math.max(scale, SMALLEST);
  return {
    scale: safe,
    position: {
      x: (box.left + box.right) / 2,
      y: (box.top + box.bottom) / 2 - (inset.top - inset.bottom) / 2 / safe,
    },
  };
}

function readableView(map, start) {
  const { box, direction } = map.model;
  const inset = insets(map);
  const { clientWidth: width, clientHeight: height } = map.canvas;
  const fitting =
    direction === "down" ? width / (box.width + 60) : (height - inset.top - inset.bottom) / box.height;
  const scale = Math.max(READABLE, Math.min(LARGEST_START, fitting));
  const lift = direction === "down" ? height / 8 / scale : 0; // what comes after the start matters more
  return { scale, position: inside(map, scale, { x: start.x, y: start.y + lift }) };
}

/** The middle of a window at this scale that shows `wish` without showing much beyond the drawing. */
function inside(map, scale, wish) {
  const { box } = map.model;
  const inset = insets(map);
  return {
    x: within(wish.x, box.left - inset.side / scale, box.right + inset.side / scale, map.canvas.clientWidth / 2 / scale),
    y: within(wish.y, box.top - inset.top / scale, box.bottom + inset.bottom / scale, map.canvas.clientHeight / 2 / scale),
  };
}

/** Centre of a window of half size `half` that shows `wish` without showing much beyond low and high. */
function within(wish, low, high, half) {
  if (high - low <= 2 * half) return (low + high) / 2;
  return Math.min(high - half, Math.max(low + half, wish));
}

/** The structure changed under the reader: keep a topic where it is on the screen when most topics stayed. */
export function placeAfterChange(map, before) {
  const stayed = before.nodes.filter((node) => map.model.byId.has(node.id));
  const alike = stayed.length > 0 && stayed.length * 2 >= Math.max(before.nodes.length, map.model.nodes.length);
  if (!alike || before.direction !== map.model.direction) {
    map.net.moveTo({ ...firstView(map), animation: false });
  } else {
    const eye = map.net.getViewPosition();
    const far = ({ x, y }) => Math.hypot(x - eye.x, y - eye.y);
    const anchor =
      stayed.find((node) => node.id === map.selected) ?? stayed.reduce((a, b) => (far(a) <= far(b) ? a : b));
    const now = map.model.byId.get(anchor.id);
    map.net.moveTo({
      position: { x: eye.x + now.x - anchor.x, y: eye.y + now.y - anchor.y },
      scale: map.net.getScale(),
      animation: false,
    });
  }
  remember(map);
}

export function fit(map) {
  move(map, wholeView(map));
}

export function zoomBy(map, factor) {
  move(map, { scale: map.net.getScale() * factor, position: map.net.getViewPosition() }, 150);
}

export function lookAt(map, position) {
  move(map, { scale: map.net.getScale(), position });
}

/** Bring a topic to the middle, or as near to it as the edge of the drawing allows, large enough to be read. */
export function centre(map, node) {
  const scale = Math.max(map.net.getScale(), COMFORTABLE);
  move(map, { scale, position: inside(map, scale, node) });
}

/** Move only when the topic cannot be seen well from here. */
export function reveal(map, node) {
  const area = visibleArea(map);
  const inset = insets(map);
  const inside =
    node.x - WIDTH / 2 > area.left + inset.side / area.scale &&
    node.x + WIDTH / 2 < area.right - inset.side / area.scale &&
    node.y - HEIGHT / 2 > area.top + inset.top / area.scale &&
    node.y + HEIGHT / 2 < area.bottom - (inset.bottom + 40) / area.scale;
  if (!inside || area.scale < READABLE) centre(map, node);
}

/** The wheel knows no end by itself. */
export function limitZoom(map) {
  const scale = map.net.getScale();
  const limited = clampScale(scale);
  if (limited !== scale) map.net.moveTo({ scale: limited, position: map.net.getViewPosition(), animation: false });
}

function move(map, { scale, position }, duration = 240) {
  map.touched = true;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = still ? false : { duration, easingFunction: "easeInOutQuad" };
  map.net.moveTo({ scale: clampScale(scale), position, animation });
  if (still) remember(map); // otherwise the end of the animation does
}

function clampScale(scale) {
  return Math.min(LARGEST, Math.max(SMALLEST, scale));
}
