// State names as the legend shows them, and the colours of both themes.
// Python sends only the name of a state; what it looks like is decided here, so a theme switch needs no new data.
// Hues are Okabe and Ito's (told apart with every kind of colour blindness); the icon's shape repeats every hue.
// Text on its fill has a contrast of at least 5:1, borders on the background of at least 3.8:1 (locked is faint on purpose).

/** Strongest first: also the order of the legend. */
export const STATES = {
  known: "Known",
  assumed: "Assumed known",
  skipped: "Skipped",
  learning: "Learning",
  ready: "Ready to learn",
  step: "On my path",
  goal: "Goal",
  locked: "Locked",
  planned: "Planned",
  external: "Outside your documents",
};

const DASHED = [6, 4];
const DOTTED = [1.5, 3.5];

const LIGHT = {
  dark: false,
  background: "#FBFBFC",
  text: "#14171C",
  sub: "#5B6470",
  mutedText: "#4E5662",
  onIcon: "#FFFFFF",
  edge: "#B7BEC9",
  edgePath: "#C98500",
  edgeHot: "#0072B2",
  halo: "#0072B2",
  states: {
    known: { fill: "#E3F4EE", border: "#008F68", icon: "#008F68" },
    assumed: { fill: "#F4FAF8", border: "#008F68", icon: "#007A59", dash: DASHED },
    skipped: { fill: "#EDF2F5", border: "#587686", icon: "#466373" },
    learning: { fill: "#ECEBFB", border: "#5B50C8", icon: "#5B50C8" },
    ready: { fill: "#FFFFFF", border: "#0072B2", icon: "#0072B2" },
    step: { fill: "#FFF6DF", border: "#B07400", icon: "#8A5A00" },
    goal: { fill: "#FBEAF4", border: "#A3397A", icon: "#A3397A", width: 2.6 },
    locked: { fill: "#F4F5F7", border: "#D3D7DD", icon: "#6F7783", width: 1, muted: true },
    planned: { fill: "#FFFFFF", border: "#707A87", icon: "#5F6875", width: 1.3, dash: DASHED, muted: true },
    external: { fill: "#F8F4EC", border: "#86734F", icon: "#6C5B3A", width: 1.6, dash: DOTTED },
  },
};

const DARK = {
  dark: true,
  background: "#14161A",
  text: "#F2F4F7",
  sub: "#A4ADBA",
  mutedText: "#B1B9C5",
  onIcon: "#14161A",
  edge: "#4B5461",
  edgePath: "#E6A61E",
  edgeHot: "#56B4E9",
  halo: "#56B4E9",
  states: {
    known: { fill: "#10332A", border: "#35C79B", icon: "#35C79B" },
    assumed: { fill: "#12231E", border: "#35C79B", icon: "#35C79B", dash: DASHED },
    skipped: { fill: "#1B252B", border: "#7F9FB1", icon: "#9DB9C9" },
    learning: { fill: "#232042", border: "#A29BF2", icon: "#B4AEF7" },
    ready: { fill: "#12283A", border: "#56B4E9", icon: "#56B4E9" },
    step: { fill: "#332912", border: "#E6A61E", icon: "#F3C566" },
    goal: { fill: "#3B1D31", border: "#EE8FC6", icon: "#EE8FC6", width: 2.6 },
    locked: { fill: "#1D2025", border: "#3A4049", icon: "#8B94A1", width: 1, muted: true },
    planned: { fill: "#16181D", border: "#7A8492", icon: "#9AA4B2", width: 1.3, dash: DASHED, muted: true },
    external: { fill: "#27231A", border: "#B59F78", icon: "#C9B592", width: 1.6, dash: DOTTED },
  },
};

/** The palette that fits the theme of the page around `element`. */
export function paletteFor(element) {
  // Streamlit gives the page's colour as a CSS variable in any notation; the browser turns it into numbers.
  const probe = document.createElement("span");
  probe.style.color = "var(--st-background-color)";
  element.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g)?.map(Number) ?? [255, 255, 255];
  probe.remove();
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? DARK : LIGHT;
}
