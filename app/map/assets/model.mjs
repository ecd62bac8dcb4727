// The graph as the painting code wants it: objects that point to each other, with the learner's states on them.

import { HEIGHT, WIDTH } from "./cards.mjs";
import { routeEdge } from "./edges.mjs";
import { STATES } from "./palette.mjs";

/** Read what Python sent once (`graph` of the payload). */
export function readGraph(graph, direction) {
  const nodes = graph.nodes.map((node) => ({ ...node, state: "locked", needs: [], unlocks: [] }));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = graph.edges.map((edge) => ({ ...edge, from: byId.get(edge.from), to: byId.get(edge.to), onPath: false }));
  for (const edge of edges) {
    edge.from.unlocks.push(edge.to);
    edge.to.needs.push(edge.from);
    routeEdge(edge, direction);
  }
  return { nodes, byId, edges, direction, box: boxOf(nodes, edges) };
}

/** Put the states of a click onto nodes and edges; they come as indexes to keep the message small. */
export function readStates(model, { state, steps, dim, path }) {
  for (const node of model.nodes) {
    node.state = "locked";
    node.step = null;
    node.dim = false;
  }
  for (const [name, indexes] of Object.entries(state)) {
    if (!(name in STATES)) continue;
    for (const index of indexes) model.nodes[index].state = name;
  }
  for (const [index, step] of Object.entries(steps)) model.nodes[index].step = step;
  for (const index of dim) model.nodes[index].dim = true;
  for (const edge of model.edges) edge.onPath = false;
  for (const index of path) model.edges[index].onPath = true;
}

function boxOf(nodes, edges) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  const include = (left, right, top, bottom) => {
    box.left = Math.min(box.left, left);
    box.right = Math.max(box.right, right);
    box.top = Math.min(box.top, top);
    box.bottom = Math.max(box.bottom, bottom);
  };
  for (const { x, y } of nodes) include(x - WIDTH / 2, x + WIDTH / 2, y - HEIGHT / 2, y + HEIGHT / 2);
  for (const { frame } of edges) include(frame.left, frame.right, frame.top, frame.bottom);
  if (!nodes.length) return { left: 0, right: 1, top: 0, bottom: 1, width: 1, height: 1 };
  return { ...box, width: box.right - box.left, height: box.bottom - box.top };
}
