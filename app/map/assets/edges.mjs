// Edges: smooth lines along the bends that Graphviz found, so that none crosses a card.

import { HEIGHT, WIDTH } from "./cards.mjs";

/** What an edge means, and how its line looks. `requires` is the plain one. */
export const KINDS = {
  requires: { name: "requires", dash: [] },
  choice: { name: "one of several", dash: [9, 3, 2, 3] },
  recommends: { name: "helps", dash: [1.5, 3.5], thin: true },
  proposed: { name: "proposed", dash: [6, 4] },
  part: { name: "part of", dash: [], thin: true, headless: true },
};

const ARROW = 3; // the line ends this far before the card, inside the arrow head

/** Compute an edge's path and its frame once; painting then only strokes it. */
export function routeEdge(edge, direction) {
  const down = direction === "down";
  const half = down ? HEIGHT / 2 : WIDTH / 2;
  const along = (point) => (down ? point.y : point.x);
  // An edge of a cycle may point backwards: it leaves its card on the other side.
  const sign = along(edge.to) >= along(edge.from) ? 1 : -1;
  const end = (node, shift) => (down ? [node.x, node.y + shift] : [node.x + shift, node.y]);
  const points = [end(edge.from, sign * half), ...edge.bends, end(edge.to, -sign * (half + ARROW))];
  edge.path = smooth(points, down);
  edge.tip = { point: points.at(-1), sign, down };
  edge.frame = frameOf(points);
}

/** Monotone cubic curve: leaves and enters cards straight and never swings beyond its points. */
function smooth(points, down) {
  const path = new Path2D();
  const along = (point) => point[down ? 1 : 0];
  const across = (point) => point[down ? 0 : 1];
  const slopes = points.map((point, index) => {
    if (index === 0 || index === points.length - 1) return 0;
    const before = slope(points[index - 1], point);
    const after = slope(point, points[index + 1]);
    if (before * after <= 0) return 0;
    return Math.sign(before) * Math.min(Math.abs(before + after) / 2, 3 * Math.min(Math.abs(before), Math.abs(after)));
  });
  function slope(a, b) {
    return (across(b) - across(a)) / (along(b) - along(a) || 1);
  }
  const at = (alongValue, acrossValue) => (down ? [acrossValue, alongValue] : [alongValue, acrossValue]);
  path.moveTo(...points[0]);
  for (let index = 1; index < points.length; index += 1) {
    const [a, b] = [points[index - 1], points[index]];
    const reach = (along(b) - along(a)) * (points.length === 2 ? 0.5 : 0.4);
    const first = at(along(a) + reach, across(a) + slopes[index - 1] * reach);
    const second = at(along(b) - reach, across(b) - slopes[index] * reach);
    path.bezierCurveTo(...first, ...second, ...b);
  }
  return path;
}

function frameOf(points) {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** Paint the edges that touch `area`: plain ones, then the path, then those of the selected topic on top. */
export function drawEdges(ctx, map, area) {
  const layers = { edge: [], edgePath: [], edgeHot: [] };
  for (const edge of map.model.edges) {
    const { frame } = edge;
    if (frame.right < area.left || frame.left > area.right) continue;
    if (frame.bottom < area.top || frame.top > area.bottom) continue;
    const hot = map.selected !== null && (edge.from.id === map.selected || edge.to.id === map.selected);
    layers[hot ? "edgeHot" : edge.onPath ? "edgePath" : "edge"].push(edge);
  }
  for (const [layer, edges] of Object.entries(layers)) {
    ctx.save();
    ctx.strokeStyle = map.palette[layer];
    ctx.fillStyle = map.palette[layer];
    for (const edge of edges) drawEdge(ctx, map, edge, layer);
    ctx.restore();
  }
}

function drawEdge(ctx, map, edge, layer) {
  const kind = KINDS[edge.kind] ?? KINDS.requires;
  const strong = layer !== "edge";
  ctx.globalAlpha = layer !== "edgeHot" && (map.isFaint(edge.from) || map.isFaint(edge.to)) ? 0.3 : 1;
  ctx.lineWidth = (strong ? 2.6 : 1.4) * (kind.thin ? 0.8 : 1);
  ctx.setLineDash(kind.dash);
  ctx.stroke(edge.path);
  if (!kind.headless) drawArrow(ctx, edge.tip, strong ? 6 : 4.5);
}

function drawArrow(ctx, { point: [x, y], sign, down }, size) {
  const tip = sign * ARROW;
  const back = sign * size * 1.4;
  const wide = size * 0.7;
  ctx.beginPath();
  if (down) {
    ctx.moveTo(x, y + tip);
    ctx.lineTo(x - wide, y + tip - back);
    ctx.lineTo(x + wide, y + tip - back);
  } else {
    ctx.moveTo(x + tip, y);
    ctx.lineTo(x + tip - back, y - wide);
    ctx.lineTo(x + tip - back, y + wide);
  }
  ctx.fill();
}
