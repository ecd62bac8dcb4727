// What a card cannot hold, shown beside it after a moment of hovering. Always text, never markup.

import { HEIGHT, WIDTH } from "./cards.mjs";

const DELAY = 400;
const GAP = 8;

export function showTooltipSoon(map, node) {
  hideTooltip(map);
  if (!node.tooltip) return;
  map.tooltipTimer = setTimeout(() => show(map, node), DELAY);
}

export function hideTooltip(map) {
  clearTimeout(map.tooltipTimer);
  map.parts.tooltip.hidden = true;
}

function show(map, node) {
  const tip = map.parts.tooltip;
  tip.textContent = node.tooltip;
  tip.hidden = false;
  const scale = map.net.getScale();
  const middle = map.net.canvasToDOM({ x: node.x, y: node.y });
  const half = { x: (WIDTH / 2) * scale, y: (HEIGHT / 2) * scale };
  const { clientWidth: width, clientHeight: height } = map.canvas;
  const { offsetWidth, offsetHeight } = tip;
  // Below the card, above when there is no room, beside it when there is none either: never on it.
  let left = middle.x - offsetWidth / 2;
  let top = middle.y + half.y + GAP;
  if (top + offsetHeight > height) top = middle.y - half.y - GAP - offsetHeight;
  if (top < 0) {
    top = Math.max(0, Math.min(height - offsetHeight, middle.y - offsetHeight / 2));
    left = middle.x + half.x + GAP;
    if (left + offsetWidth > width) left = middle.x - half.x - GAP - offsetWidth;
  }
  tip.style.left = `${Math.max(4, Math.min(width - offsetWidth - 4, left))}px`;
  tip.style.top = `${top}px`;
}
