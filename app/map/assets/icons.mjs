// One icon per state, told apart by shape alone. The same function paints cards, legend and nothing else twice.

const FULL = Math.PI * 2;

/** Paint the icon of `state` centred at x, y. `radius` 9 is the size on a card; `step` is the number for "step". */
export function drawIcon(ctx, state, x, y, radius, palette, font, step) {
  const colour = palette.states[state].icon;
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(radius / 9, radius / 9);
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  ctx.lineWidth = 1.6;
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.setLineDash([]);
  PAINT[state](ctx, { colour, inverse: palette.onIcon, font, step });
  ctx.restore();
}

const PAINT = {
  known(ctx, { inverse }) {
    disc(ctx);
    ctx.strokeStyle = inverse;
    tick(ctx, 2);
  },
  assumed(ctx) {
    ctx.setLineDash([3.2, 2.45]);
    ring(ctx);
    ctx.setLineDash([]);
    tick(ctx, 1.8);
  },
  skipped(ctx) {
    ring(ctx);
    // Two arrow heads: gone past.
    line(ctx, [-4, -3.2], [-0.8, 0], [-4, 3.2]);
    line(ctx, [0.6, -3.2], [3.8, 0], [0.6, 3.2]);
  },
  learning(ctx) {
    ring(ctx);
    // Half full.
    ctx.beginPath();
    ctx.arc(0, 0, 5.6, Math.PI / 2, -Math.PI / 2);
    ctx.fill();
  },
  ready(ctx) {
    ring(ctx);
    polygon(ctx, [-2.5, -4], [4, 0], [-2.5, 4]);
  },
  step(ctx, { inverse, font, step }) {
    disc(ctx);
    ctx.fillStyle = inverse;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    const text = step == null ? "#" : String(step);
    ctx.font = `700 ${[11, 11, 10.5, 8.5][text.length] ?? 7}px ${font}`;
    ctx.fillText(text, 0, 0.6);
  },
  goal(ctx, { inverse }) {
    disc(ctx);
    ctx.fillStyle = inverse;
    const star = Array.from({ length: 10 }, (_, corner) => {
      const angle = -Math.PI / 2 + (corner * Math.PI) / 5;
      const reach = corner % 2 ? 2.4 : 5.8;
      return [reach * Math.cos(angle), reach * Math.sin(angle)];
    });
    polygon(ctx, ...star);
  },
  locked(ctx) {
    ctx.strokeRect(-4.5, -1, 9, 7);
    ctx.beginPath();
    ctx.arc(0, -1.5, 3.2, Math.PI, 0);
    ctx.stroke();
  },
  planned(ctx) {
    // A calendar sheet: announced, not written yet.
    ctx.strokeRect(-6, -4.5, 12, 10.5);
    line(ctx, [-6, -1], [6, -1]);
    line(ctx, [-3, -6.5], [-3, -3.5]);
    line(ctx, [3, -6.5], [3, -3.5]);
  },
  external(ctx) {
    // A box with an arrow that leaves it.
    line(ctx, [0, -5], [-6, -5], [-6, 6], [5, 6], [5, 0.5]);
    line(ctx, [-1.5, 1.5], [6, -6]);
    line(ctx, [2, -6.2], [6.2, -6.2], [6.2, -2]);
  },
};

function disc(ctx) {
  ctx.beginPath();
  ctx.arc(0, 0, 9, 0, FULL);
  ctx.fill();
}

function ring(ctx) {
  ctx.beginPath();
  ctx.arc(0, 0, 8.6, 0, FULL);
  ctx.stroke();
}

function tick(ctx, width) {
  ctx.lineWidth = width;
  line(ctx, [-4, 0.5], [-1, 3.5], [4.5, -3.5]);
}

function line(ctx, ...points) {
  ctx.beginPath();
  points.forEach(([x, y], index) => (index ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.stroke();
}

function polygon(ctx, ...points) {
  ctx.beginPath();
  points.forEach(([x, y], index) => (index ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.closePath();
  ctx.fill();
}
