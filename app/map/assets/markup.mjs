// The elements around the canvas. Fixed text only; nothing from a document ever goes through here.

const LABEL =
  "Skill map. Arrow keys follow prerequisites, K marks the topic as known, G makes it a goal, N goes to my next topic, " +
  "F fits everything, plus and minus zoom, Escape clears the selection. The catalogue page lists the same topics.";

const MARKUP = `
  <div class="stage">
    <div class="canvas" tabindex="0" role="application" aria-roledescription="skill map"></div>
    <div class="legend" role="group" aria-label="Legend: show only one state"></div>
    <canvas class="minimap" aria-hidden="true"></canvas>
    <div class="tools" role="group" aria-label="View">
      <button type="button" data-tool="in" aria-label="Zoom in" title="Zoom in"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v14M5 12h14"/></svg></button>
      <button type="button" data-tool="out" aria-label="Zoom out" title="Zoom out"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12h14"/></svg></button>
      <button type="button" data-tool="next" aria-label="Go to my next topic" title="My next topic"><svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="3"/><path d="M12 2v4M12 18v4M2 12h4M18 12h4"/></svg></button>
      <button type="button" data-tool="fit" aria-label="Fit everything" title="Fit everything"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/></svg></button>
    </div>
    <div class="tooltip" role="tooltip" hidden></div>
  </div>
  <div class="foot">
    <span class="help pointer">Click a topic · double-click marks it known · right-click sets a goal</span>
    <span class="help keys">Arrows follow prerequisites · K known · G goal · N next topic · F fit · + − zoom · Esc</span>
    <ul class="lines" aria-label="Lines"></ul>
  </div>
  <div class="live" aria-live="polite"></div>
`;

/** Fill the root and name its parts. */
export function buildMarkup(root) {
  root.innerHTML = MARKUP;
  const part = (name) => root.querySelector(`.${name}`);
  const canvas = part("canvas");
  canvas.setAttribute("aria-label", LABEL);
  return {
    canvas,
    stage: part("stage"),
    legend: part("legend"),
    minimap: part("minimap"),
    tools: part("tools"),
    tooltip: part("tooltip"),
    lines: part("lines"),
    live: part("live"),
  };
}
