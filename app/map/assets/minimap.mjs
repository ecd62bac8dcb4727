// The whole map, small, with a frame around what is on the screen. A click moves there.

import { HEIGHT, WIDTH } from "./cards.mjs";
import { lookAt, visibleArea } from "./camera.mjs";

const SIZE = { width: 168, height: 112 };
const PADDING = 8;

export function bindMinimap(map) {
  map.parts.minimap.onclick = (event) => {
    const frame = map.parts.minimap.getBoundingClientRect();
    const { factor, left, top } = projection(map.model.box);
    lookAt(map, { x: (event.clientX - frame.x - left) / factor, y: (event.clientY - frame.y - top) / factor });
  };
}

export function drawMinimap(map) {
  const canvas = map.parts.minimap;
  const { box, nodes } = map.model;
  const area = visibleArea(map);
  // It would only cover cards while everything can be seen anyway.
  const whole = area.left <= box.left && area.right >= box.right && area.top <= box.top && area.bottom >= box.bottom;
  canvas.classList.toggle("is-needless", whole);
  if (whole || !canvas.offsetParent) return;
  const ctx = prepared(canvas);
  const { factor, left, top } = projection(box);
  const width = Math.max(2.5, WIDTH * factor);
  const height = Math.max(2, HEIGHT * factor);
  for (const node of nodes) {
    const look = map.palette.states[node.state];
    ctx.globalAlpha = map.isFaint(node) ? 0.25 : 0.9;
    ctx.fillStyle = look.border;
    ctx.fillRect(node.x * factor + left - width / 2, node.y * factor + top - height / 2, width, height);
  }
  ctx.globalAlpha = 1;
  ctx.strokeStyle = map.palette.halo;
  ctx.lineWidth = 1.5;
  // Kept inside, so that a part of the frame always shows.
  const x1 = Math.max(1, area.left * factor + left);
  const y1 = Math.max(1, area.top * factor + top);
  const x2 = Math.min(SIZE.width - 1, area.right * factor + left);
  const y2 = Math.min(SIZE.height - 1, area.bottom * factor + top);
  ctx.strokeRect(x1, y1, Math.max(2, x2 - x1), Math.max(2, y2 - y1));
}

function projection(box) {
  const factor = Math.min((SIZE.width - 2 * PADDING) / box.width, (SIZE.height - 2 * PADDING) / box.height);
  return {
    factor,
    left: SIZE.width / 2 - ((box.left + box.right) / 2) * factor,
    top: SIZE.height / 2 - ((box.top + box.bottom) / 2) * factor,
  };
}

function prepared(canvas) {
  const density = globalThis.devicePixelRatio || 1;
  if (canvas.width !== Math.round(SIZE.width * density)) {
    canvas.width = Math.round(SIZE.width * density);
    canvas.height = Math.round(SIZE.height * density);
  }
  const ctx = canvas.getContext("2d");
  ctx.setTransform(density, 0, 0, density, 0, 0);
  ctx.clearRect(0, 0, SIZE.width, SIZE.height);
  return ctx;
}
