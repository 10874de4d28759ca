/** What plots look like. A series is told by its key, its name and its number, never by colour alone. */
export const PLOT_LOOK = `.plot { padding: 0.625rem 0.875rem 0.25rem; }
.plot + .plot { border-top: 1px solid var(--line); }
.plot figcaption { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; min-height: 1.5rem; }
.plot-title { font-size: 0.875rem; font-weight: 600; }
.plot .readout { margin-left: auto; font-size: 0.8125rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.legend { display: flex; flex-wrap: wrap; gap: 0 0.875rem; font-size: 0.8125rem; color: var(--soft); }
.legend li { display: flex; gap: 0.375rem; align-items: center; white-space: nowrap; }
.legend .amount { color: var(--ink); font-variant-numeric: tabular-nums; }
.key { width: 0.625rem; height: 0.625rem; border-radius: 2px; background: var(--mark-off); flex: none; }
.plot svg { display: block; width: 100%; touch-action: pan-y; cursor: crosshair; }
.plot svg text { font: 0.75rem system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--soft); font-variant-numeric: tabular-nums; }
.plot .grid { stroke: var(--line); stroke-width: 1; }
.plot .limit { stroke: var(--bad); stroke-width: 1; stroke-dasharray: 4 3; }
.plot .limit-name { fill: var(--bad); }
.plot .band { fill: var(--warn-ground); }
.plot .band-edge { stroke: var(--mark-warn); stroke-width: 1; stroke-dasharray: 2 2; }
.plot .band-name { fill: var(--warn); }
.plot .cursor { fill: var(--ink); opacity: 0.1; }
.plot .range { stroke: var(--mark-good); stroke-width: 2; opacity: 0.4; }
.plot .dot { fill: var(--mark-good); }
.plot .dot.over { fill: var(--mark-bad); }
.mark-good { fill: var(--mark-good); background: var(--mark-good); }
.mark-idle { fill: var(--mark-idle); background: var(--mark-idle); }
.mark-bad { fill: var(--mark-bad); background: var(--mark-bad); }
.mark-odd { fill: var(--mark-odd); background: var(--mark-odd); }
.mark-off { fill: var(--mark-off); background: var(--mark-off); }
.mark-warn { fill: var(--mark-warn); background: var(--mark-warn); }
`;
