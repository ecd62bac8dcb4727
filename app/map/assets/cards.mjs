// Cards: painted by us on vis-network's canvas, under its own nodes.

import { drawIcon } from "./icons.mjs";

export const WIDTH = 166;
export const HEIGHT = 46;
const CORNER = 10;
const TEXT_LEFT = 34;
const TEXT_WIDTH = WIDTH - TEXT_LEFT - 8;

/** Below this zoom the second line is left out, below the other one a card is only a bar. */
const ZOOM_SUBTITLE = 0.62;
const ZOOM_TITLE = 0.34;

// vis-network's "custom" shape has no right hit area and no bounding box, so its nodes are invisible boxes of a fixed
// size that catch the pointer. A margin of 0 would give sizes that are not numbers.
export const VIS_NODE = {
  shape: "box",
  label: " ",
  margin: 1,
  widthConstraint: WIDTH - 2,
  heightConstraint: { minimum: HEIGHT - 2, valign: "middle" },
  borderWidth: 0,
  borderWidthSelected: 0,
  chosen: false,
  color: { background: "rgba(0,0,0,0)", border: "rgba(0,0,0,0)" },
  font: { color: "rgba(0,0,0,0)", size: 4 },
};

/** Paint every card that is in `area` (canvas coordinates). */
export function drawCards(ctx, map, area) {
  for (const node of map.model.nodes) {
    if (node.x + WIDTH < area.left || node.x - WIDTH > area.right) continue;
    if (node.y + HEIGHT < area.top || node.y - HEIGHT > area.bottom) continue;
    drawCard(ctx, map, node, area.scale);
  }
}

function drawCard(ctx, map, node, scale) {
  const { palette } = map;
  const look = palette.states[node.state];
  const left = node.x - WIDTH / 2;
  const top = node.y - HEIGHT / 2;
  const faint = map.isFaint(node);
  ctx.save();
  if (node.id === map.selected) outline(ctx, left, top, 4, 3, palette.halo, 1);
  else if (node.id === map.hovered) outline(ctx, left, top, 3, 2, palette.halo, 0.5);
  // Edges run under a faint card, so it needs a ground that hides them.
  box(ctx, left, top);
  ctx.fillStyle = palette.background;
  ctx.fill();
  if (faint) ctx.globalAlpha = 0.28;
  ctx.fillStyle = look.fill;
  ctx.fill();
  ctx.setLineDash(look.dash ?? []);
  ctx.strokeStyle = look.border;
  ctx.lineWidth = look.width ?? 1.8;
  ctx.stroke();
  ctx.setLineDash([]);
  if (scale >= ZOOM_TITLE) drawContent(ctx, map, node, look, left, scale);
  else drawBar(ctx, node, look, left);
  ctx.restore();
}

function drawContent(ctx, map, node, look, left, scale) {
  const { palette, font } = map;
  const colour = look.muted ? palette.mutedText : palette.text;
  drawIcon(ctx, node.state, left + 18, node.y, 9, palette, font, node.step);
  const withSub = scale >= ZOOM_SUBTITLE && Boolean(node.sub);
  const text = fitted(ctx, node, font, withSub);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = colour;
  ctx.font = text.font;
  text.lines.forEach((line, index) => ctx.fillText(line, left + TEXT_LEFT, node.y + text.offsets[index]));
  if (!withSub) return;
  ctx.fillStyle = look.muted ? palette.mutedText : palette.sub;
  ctx.font = `400 ${text.subSize}px ${font}`;
  ctx.fillText(text.sub, left + TEXT_LEFT, node.y + text.subOffset);
}

/** Far away, a bar in the colour of the state says more than text nobody can read. */
function drawBar(ctx, node, look, left) {
  ctx.globalAlpha *= 0.55;
  ctx.fillStyle = look.icon;
  ctx.beginPath();
  ctx.roundRect(left + 8, node.y - 7, WIDTH - 16, 14, 7);
  ctx.fill();
}

/** Title in one line, else in two smaller ones, cut with an ellipsis at last. Measured once per font. */
function fitted(ctx, node, font, withSub) {
  const key = `${withSub}|${font}`;
  node.fitted ??= new Map();
  if (!node.fitted.has(key)) node.fitted.set(key, withSub ? fitWithSub(ctx, node, font) : fitAlone(ctx, node, font));
  return node.fitted.get(key);
}

function fitWithSub(ctx, node, font) {
  const single = `600 13.5px ${font}`;
  const cutSub = (size) => {
    ctx.font = `400 ${size}px ${font}`;
    return cut(ctx, node.sub);
  };
  ctx.font = single;
  if (ctx.measureText(node.label).width <= TEXT_WIDTH) {
    return { font: single, lines: [node.label], offsets: [-7], sub: cutSub(11.5), subSize: 11.5, subOffset: 10 };
  }
  const double = `600 12px ${font}`;
  ctx.font = double;
  const lines = twoLines(ctx, node.label);
  return lines.length === 1
    ? { font: double, lines, offsets: [-7], sub: cutSub(11.5), subSize: 11.5, subOffset: 10 }
    : { font: double, lines, offsets: [-13.5, -0.5], sub: cutSub(10.5), subSize: 10.5, subOffset: 13 };
}

function fitAlone(ctx, node, font) {
  const style = `600 15px ${font}`;
  ctx.font = style;
  const lines = twoLines(ctx, node.label);
  return { font: style, lines, offsets: lines.length === 1 ? [1] : [-8, 10] };
}

/** Break after the last word that fits; a single endless word is broken anywhere. */
function twoLines(ctx, text) {
  if (ctx.measureText(text).width <= TEXT_WIDTH) return [text];
  const letters = Array.from(text); // by code point: half an emoji is no letter
  let fits = letters.length;
  while (fits > 1 && ctx.measureText(letters.slice(0, fits).join("")).width > TEXT_WIDTH) fits -= 1;
  const space = letters.slice(0, fits + 1).lastIndexOf(" ");
  const at = space > 2 ? space : fits;
  return [letters.slice(0, at).join("").trim(), cut(ctx, letters.slice(at).join("").trim())];
}

function cut(ctx, text) {
  if (ctx.measureText(text).width <= TEXT_WIDTH) return text;
  const letters = Array.from(text);
  while (letters.length > 1 && ctx.measureText(`${letters.join("")}…`).width > TEXT_WIDTH) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

function box(ctx, left, top) {
  ctx.beginPath();
  ctx.roundRect(left, top, WIDTH, HEIGHT, CORNER);
}

function outline(ctx, left, top, distance, width, colour, alpha) {
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.beginPath();
  ctx.roundRect(left - distance, top - distance, WIDTH + 2 * distance, HEIGHT + 2 * distance, CORNER + distance);
  ctx.stroke();
  ctx.restore();
}
