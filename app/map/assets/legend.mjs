// Which state looks how, and how many topics have it. A chip shows only its state, a second click everything again.

import { KINDS } from "./edges.mjs";
import { drawIcon } from "./icons.mjs";
import { STATES } from "./palette.mjs";

const ICON = 16;

export function bindLegend(map) {
  map.parts.legend.onclick = (event) => {
    const chip = event.target.closest("button");
    if (!chip) return;
    map.filter = map.filter === chip.dataset.state ? null : chip.dataset.state;
    map.say(map.filter ? `Only ${STATES[map.filter]} is shown.` : "Everything is shown.");
    updateLegend(map);
    map.net.redraw();
  };
}

/** Chips are changed in place: a new element would lose the keyboard's focus. */
export function updateLegend(map) {
  const counts = {};
  for (const node of map.model.nodes) counts[node.state] = (counts[node.state] ?? 0) + 1;
  if (map.filter && !counts[map.filter]) map.filter = null;
  const legend = map.parts.legend;
  const chips = new Map([...legend.children].map((chip) => [chip.dataset.state, chip]));
  let previous = null;
  for (const [state, name] of Object.entries(STATES)) {
    const chip = chips.get(state);
    if (!counts[state]) {
      chip?.remove();
      continue;
    }
    const shown = chip ?? newChip(state, name);
    if (!chip) previous ? previous.after(shown) : legend.prepend(shown);
    previous = shown;
    shown.setAttribute("aria-pressed", String(map.filter === state));
    shown.querySelector(".count").textContent = counts[state];
    paintIcon(shown.querySelector("canvas"), state, map);
  }
  map.root.dataset.filter = map.filter ?? "";
  updateLines(map);
}

function newChip(state, name) {
  const chip = document.createElement("button");
  chip.type = "button";
  chip.dataset.state = state;
  const icon = document.createElement("canvas");
  icon.setAttribute("aria-hidden", "true");
  const label = document.createElement("span");
  label.textContent = name;
  const count = document.createElement("span");
  count.className = "count";
  chip.append(icon, label, count);
  return chip;
}

function paintIcon(canvas, state, map) {
  const density = globalThis.devicePixelRatio || 1;
  canvas.width = canvas.height = Math.round(ICON * density); // clears it, too
  const ctx = canvas.getContext("2d");
  ctx.scale(density, density);
  drawIcon(ctx, state, ICON / 2, ICON / 2, ICON / 2 - 0.5, map.palette, map.font, null);
}

/** A key of the line styles, only when there are others than plain requirements. */
function updateLines(map) {
  const used = new Set(map.model.edges.map((edge) => edge.kind));
  const needed = [...used].some((kind) => kind !== "requires");
  const wanted = needed ? Object.keys(KINDS).filter((kind) => used.has(kind)) : [];
  const signature = wanted.join(" ");
  if (map.parts.lines.dataset.kinds === signature) return;
  map.parts.lines.dataset.kinds = signature;
  map.parts.lines.replaceChildren(...wanted.map(newLine));
}

function newLine(kind) {
  const { name, dash, thin } = KINDS[kind];
  const item = document.createElement("li");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 30 8");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", "M1 4h28");
  line.setAttribute("stroke-dasharray", dash.join(" "));
  line.setAttribute("stroke-width", thin ? 1.5 : 2);
  svg.append(line);
  item.append(svg, name);
  return item;
}
