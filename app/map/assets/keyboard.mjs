// The map is one tab stop; inside it, arrows walk along prerequisites.

import { centre, fit, reveal, zoomBy } from "./camera.mjs";

const WALK = {
  // Requirements are drawn above (or left), so "back" is up (or left).
  down: { ArrowUp: back, ArrowDown: onward, ArrowLeft: (map, node) => beside(map, node, -1), ArrowRight: (map, node) => beside(map, node, 1) },
  right: { ArrowLeft: back, ArrowRight: onward, ArrowUp: (map, node) => beside(map, node, -1), ArrowDown: (map, node) => beside(map, node, 1) },
};

const KEYS = {
  k: (map) => map.act("toggle", map.selected),
  g: (map) => map.act("goal", map.selected),
  f: (map) => fit(map),
  n: (map) => goToStart(map),
  "+": (map) => zoomBy(map, 1.25),
  "=": (map) => zoomBy(map, 1.25),
  "-": (map) => zoomBy(map, 0.8),
  escape: (map) => map.select(null),
};

export function bindKeyboard(map) {
  map.canvas.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !map.placed) return;
    const walk = WALK[map.model.direction][event.key];
    const key = KEYS[event.key.toLowerCase()];
    if (!walk && !key) return;
    event.preventDefault(); // no scrolling of the page
    event.stopPropagation(); // and none of Streamlit's own keys
    if (key) key(map);
    else step(map, walk);
  };
}

/** Select my next topic and look at it: the crosshair. */
export function goToStart(map) {
  const node = map.model.byId.get(map.start);
  if (!node) return;
  map.select(node.id);
  centre(map, node);
}

function step(map, walk) {
  const here = map.model.byId.get(map.selected);
  const next = here ? walk(map, here) : (map.model.byId.get(map.start) ?? map.model.nodes[0]);
  if (!next) {
    map.say("Nothing there.");
    return;
  }
  map.select(next.id);
  reveal(map, next);
}

function back(map, node) {
  return nearest(node, node.needs);
}

function onward(map, node) {
  return nearest(node, node.unlocks);
}

function nearest(node, others) {
  return others.reduce((best, other) => (best && distance(node, best) <= distance(node, other) ? best : other), null);
}

function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The next card of the same rank. */
function beside(map, node, sign) {
  const [across, along] = map.model.direction === "down" ? ["x", "y"] : ["y", "x"];
  const row = map.model.nodes.filter(
    (other) => Math.abs(other[along] - node[along]) < 2 && (other[across] - node[across]) * sign > 1,
  );
  return nearest(node, row);
}
