// The map component: Streamlit calls the default export on every change of data or theme, for the same element.
// The first call mounts one vis-network (pan, zoom, pointer, hit area); we paint cards and edges on its canvas.

import { bindKeyboard, goToStart } from "./keyboard.mjs";
import { bindLegend, updateLegend } from "./legend.mjs";
import { bindMinimap, drawMinimap } from "./minimap.mjs";
import { buildMarkup } from "./markup.mjs";
import { centre, fit, limitZoom, place, placeAfterChange, recall, remember, visibleArea, zoomBy } from "./camera.mjs";
import { drawCards, VIS_NODE } from "./cards.mjs";
import { drawEdges } from "./edges.mjs";
import { forget, withGraph } from "./store.mjs";
import { hideTooltip, showTooltipSoon } from "./tooltip.mjs";
import { paletteFor, STATES } from "./palette.mjs";
import { readGraph, readStates } from "./model.mjs";
import { DataSet, Network } from "./vis-network.min.mjs";

/** Element -> its map. The clean-up runs only once, at unmount. */
const MAPS = new WeakMap();

// One sheet for all maps, loaded before the first is drawn: sent once and never with a click.
const sheet = new CSSStyleSheet();
sheet.replaceSync(await (await fetch(new URL("./style.css", import.meta.url))).text());

// Rises over page switches, so a selection is never mistaken for an older one.
let selections = Date.now();

export default function skillMap(component) {
  const { parentElement, data } = component;
  const root = parentElement.querySelector(".map");
  if (!root || !data) return undefined;
  let map = MAPS.get(parentElement);
  if (!map) {
    map = mount(parentElement, root);
    MAPS.set(parentElement, map);
  }
  map.component = component;
  root.style.setProperty("--map-height", `${data.height}px`);
  withGraph(data.rev, parentElement, (sent) => render(map, data, sent));
  return () => unmount(parentElement);
}

function mount(parentElement, root) {
  parentElement.adoptedStyleSheets = [sheet];
  const parts = buildMarkup(root);
  const map = {
    root,
    parts,
    canvas: parts.canvas,
    nodes: new DataSet(),
    net: null,
    model: null,
    rev: null,
    shape: null,
    placed: false,
    touched: false,
    selected: null,
    sentSelection: null,
    hovered: null,
    filter: null,
    focusSeq: null,
  };
  map.isFaint = (node) => node.id !== map.selected && (node.dim || (map.filter !== null && node.state !== map.filter));
  map.say = (text) => {
    parts.live.textContent = text;
  };
  map.select = (id) => select(map, id);
  map.act = (kind, id) => {
    if (id !== null) map.component.setTriggerValue("action", { kind, id });
  };
  // For tests and scripts: where a topic is, in pixels of the window.
  root.whereIs = (id) => {
    const node = map.model?.byId.get(id);
    if (!node || map.gone) return null;
    const { x, y } = map.net.canvasToDOM({ x: node.x, y: node.y });
    const frame = map.canvas.getBoundingClientRect();
    return { x: x + frame.x, y: y + frame.y };
  };
  return map;
}

function unmount(parentElement) {
  const map = MAPS.get(parentElement);
  forget(parentElement);
  MAPS.delete(parentElement);
  if (!map) return;
  hideTooltip(map);
  map.sizes?.disconnect();
  map.gone = true; // the element may stand in the page a moment longer than its map
  map.net?.destroy();
}

function render(map, data, sent) {
  map.key = data.key;
  map.start = data.start;
  map.palette = paletteFor(map.root);
  map.font = getComputedStyle(map.root).fontFamily;
  map.root.style.setProperty("--map-background", map.palette.background);
  map.root.dataset.theme = map.palette.dark ? "dark" : "light";
  map.parts.tools.querySelector("[data-tool=next]").disabled = data.start === null;
  if (!map.net) connect(map, sent.options);
  const stateBefore = map.model?.byId.get(map.selected)?.state;
  const changed = sent.rev !== map.rev;
  const before = map.model;
  if (changed) {
    hideTooltip(map);
    map.model = readGraph(sent.graph, sent.direction);
  }
  readStates(map.model, data);
  // A run that began before the last click knows an older selection: it must not undo the newer one.
  if (map.sentSelection === null || data.echo === map.sentSelection) map.selected = data.selected;
  updateLegend(map);
  if (changed) show(map, sent, before);
  announceChange(map, stateBefore);
  if (map.placed) applyFocus(map, data.focus);
  else map.pendingFocus = data.focus;
  mark(map);
  map.net.redraw();
}

/** Give vis-network the new boxes and look at them. */
function show(map, sent, before) {
  map.nodes.remove(map.nodes.getIds().filter((id) => !map.model.byId.has(id)));
  map.nodes.update(map.model.nodes.map(({ id, x, y }) => ({ id, x, y, ...VIS_NODE })));
  map.rev = sent.rev;
  const moved = sent.shape !== map.shape;
  map.shape = sent.shape;
  if (moved && map.placed) placeAfterChange(map, before);
}

function connect(map, options) {
  map.net = new Network(map.canvas, { nodes: map.nodes, edges: new DataSet() }, options);
  map.net.canvas.frame.tabIndex = -1; // vis adds a tab stop without a name
  const redraw = () => map.net?.redraw();
  map.net.on("beforeDrawing", (ctx) => {
    if (!map.placed) return;
    const area = visibleArea(map);
    drawEdges(ctx, map, area);
    drawCards(ctx, map, area);
  });
  map.net.on("afterDrawing", () => map.placed && drawMinimap(map));
  bindPointer(map);
  bindKeyboard(map);
  bindLegend(map);
  bindMinimap(map);
  bindTools(map);
  // Until somebody moves the map, a new size means a new first view; the first size comes from here, too.
  map.sizes = new ResizeObserver(() => {
    if (!map.canvas.clientWidth || map.touched) return;
    place(map);
    applyFocus(map, map.pendingFocus);
    map.pendingFocus = null;
    mark(map);
    redraw();
  });
  map.sizes.observe(map.canvas);
  document.fonts.ready.then(() => {
    for (const node of map.model?.nodes ?? []) node.fitted = null; // measured with another font
    if (map.placed) updateLegend(map);
    redraw();
  });
}

function bindPointer(map) {
  const { net, canvas } = map;
  net.on("click", ({ nodes }) => {
    hideTooltip(map);
    canvas.focus({ preventScroll: true });
    select(map, nodes[0] ?? null);
  });
  net.on("doubleClick", ({ nodes }) => map.act("toggle", nodes[0] ?? null));
  net.on("oncontext", ({ event, pointer }) => {
    const id = net.getNodeAt(pointer.DOM) ?? null;
    if (id === null) return;
    event.preventDefault();
    map.act("goal", id);
  });
  net.on("hoverNode", ({ node }) => hover(map, node));
  net.on("blurNode", () => hover(map, null));
  net.on("dragStart", () => {
    map.touched = true;
    hideTooltip(map);
  });
  net.on("zoom", () => {
    map.touched = true;
    hideTooltip(map);
    limitZoom(map);
    remember(map);
  });
  net.on("dragEnd", () => remember(map));
  net.on("animationFinished", () => remember(map));
}

function bindTools(map) {
  const tools = { in: () => zoomBy(map, 1.3), out: () => zoomBy(map, 1 / 1.3), next: () => goToStart(map), fit: () => fit(map) };
  map.parts.tools.onclick = (event) => tools[event.target.closest("button")?.dataset.tool]?.();
}

function hover(map, id) {
  map.hovered = id;
  map.canvas.style.cursor = id === null ? "" : "pointer";
  const node = map.model.byId.get(id);
  if (node) showTooltipSoon(map, node);
  else hideTooltip(map);
  map.net.redraw();
}

function select(map, id) {
  if (id === map.selected) return;
  map.selected = id;
  selections += 1;
  map.sentSelection = selections;
  const node = map.model.byId.get(id);
  map.say(node ? `${node.label}. ${STATES[node.state]}. ${node.sub}` : "Nothing selected.");
  mark(map);
  map.net.redraw();
  map.component.setStateValue("selected", { id, seq: selections });
}

/** Tell what a key or a double-click did to the selected topic. */
function announceChange(map, stateBefore) {
  const node = map.model.byId.get(map.selected);
  if (node && stateBefore && node.state !== stateBefore) map.say(`${node.label}: ${STATES[node.state]}.`);
}

/** Jump when Python asks for it, once per number, also after a page switch. */
function applyFocus(map, focus) {
  if (!focus) return;
  map.focusSeq ??= recall(map.key).focusSeq ?? null;
  if (focus.seq === map.focusSeq) return;
  map.focusSeq = focus.seq;
  remember(map);
  const node = map.model.byId.get(focus.id);
  if (node) centre(map, node);
}

/** What tests wait for. */
function mark(map) {
  const { dataset } = map.root;
  dataset.ready = String(map.placed);
  dataset.rev = map.rev ?? "";
  dataset.selected = map.selected ?? "";
  dataset.renders = String(Number(dataset.renders ?? 0) + 1);
}
