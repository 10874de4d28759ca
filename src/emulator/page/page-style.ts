/** Light and dark by the reader's setting; one column on a phone, two or three on a wide screen. */
export const PAGE_STYLE = `:root {
  color-scheme: light dark;
  --paper: #f6f6f3;
  --card: #ffffff;
  --sunk: #f0f0ec;
  --ink: #1c1d1f;
  --soft: #5b5f66;
  --line: #dcdcd5;
  --accent: #0b6e66;
  --bad: #a3290f;
  --warn: #7a5200;
  --good: #1b6b34;
  --key: #0b5c8f;
  --text: #7a3d00;
  --number: #6b2fa0;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #141517;
    --card: #1d1f22;
    --sunk: #17181b;
    --ink: #e9e9e6;
    --soft: #a3a8b0;
    --line: #34373c;
    --accent: #5ecdbf;
    --bad: #ff9a80;
    --warn: #e8b95c;
    --good: #7ed69a;
    --key: #7cc4f5;
    --text: #f0b37a;
    --number: #cda6f7;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto;
  max-width: 120rem;
  padding: 1rem clamp(0.75rem, 2.5vw, 2rem) 3rem;
  background: var(--paper);
  color: var(--ink);
  font: 0.9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1, h2, h3, p, dl, dd, ul, ol { margin: 0; }
ul, ol { padding: 0; list-style: none; }
h1 { font-size: 1.25rem; line-height: 1.3; }
h2 { font-size: 0.8125rem; font-weight: 600; color: var(--soft); margin-bottom: 0.5rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--card); padding: 0.25rem 0.75rem; z-index: 1; }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: baseline; justify-content: space-between; }
.name { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; }
.name p { color: var(--soft); }
.link { font-size: 0.8125rem; color: var(--soft); white-space: nowrap; }
.link::before { content: ""; display: inline-block; width: 0.5rem; height: 0.5rem; border-radius: 50%; margin-right: 0.5rem; background: var(--warn); }
.link.live::before { background: var(--good); }
.counts {
  display: flex;
  flex-wrap: wrap;
  gap: 1px;
  margin: 1rem 0 1.5rem;
  background: var(--line);
  border: 1px solid var(--line);
  border-radius: 8px;
  overflow: hidden;
}
.counts div { flex: 1 1 8rem; background: var(--card); padding: 0.5rem 0.875rem 0.625rem; }
.counts dt { font-size: 0.8125rem; color: var(--soft); }
.counts dd { font-size: 1.375rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.columns { display: grid; gap: 1.75rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 64rem) { .columns { grid-template-columns: minmax(0, 1fr) minmax(18rem, 24rem); align-items: start; } }
.groups { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
@media (min-width: 88rem) { .groups { grid-template-columns: none; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); } }
.groups > div { display: grid; gap: 1rem; min-width: 0; }
.groups > div:empty { display: none; }
aside { display: grid; gap: 1.5rem; }
.nothing { color: var(--soft); margin-bottom: 0.75rem; }
.nothing[hidden] { display: none; }
.order { background: var(--card); border: 1px solid var(--line); border-radius: 8px; min-width: 0; }
.order > h3 {
  display: flex;
  flex-wrap: wrap;
  gap: 0 0.75rem;
  align-items: baseline;
  padding: 0.625rem 0.875rem;
  border-bottom: 1px solid var(--line);
  font-size: 0.9375rem;
  font-weight: 600;
}
.order > h3 .amount { margin-left: auto; font-weight: 400; font-size: 0.8125rem; color: var(--soft); }
.id { font-family: var(--mono); font-weight: 600; overflow-wrap: anywhere; }
.log { padding: 0.75rem 0.875rem 0.625rem; }
.log + .log { border-top: 1px solid var(--line); }
@media (prefers-reduced-motion: no-preference) {
  .log.new { animation: arrive 2.5s ease-out; }
  @keyframes arrive { from { background: color-mix(in srgb, var(--accent) 18%, transparent); } }
}
.log .head { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; }
.stage { font-weight: 600; color: var(--accent); overflow-wrap: anywhere; }
.model { font-family: var(--mono); font-size: 0.8125rem; color: var(--soft); overflow-wrap: anywhere; }
.log time { margin-left: auto; }
time, .meta { font-size: 0.8125rem; color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
.meta { white-space: normal; overflow-wrap: anywhere; }
.explanation { margin: 0.25rem 0 0.375rem; max-width: 75ch; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
details > summary { display: inline-block; cursor: pointer; font-size: 0.8125rem; color: var(--soft); padding: 0.125rem 0; }
details > summary::before { content: "\\25b8"; display: inline-block; width: 1rem; }
details[open] > summary::before { content: "\\25be"; }
details > summary::-webkit-details-marker { display: none; }
details > summary:hover { color: var(--ink); }
.contents { display: flex; flex-wrap: wrap; gap: 0 1.25rem; align-items: baseline; }
.contents > details[open] { flex-basis: 100%; min-width: 0; }
.contents > .meta { margin-left: auto; }
pre {
  margin: 0.25rem 0 0.5rem;
  padding: 0.625rem 0.75rem;
  max-height: 24rem;
  overflow: auto;
  background: var(--sunk);
  border: 1px solid var(--line);
  border-radius: 6px;
  font: 0.8125rem/1.5 var(--mono);
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  direction: ltr;
  unicode-bidi: isolate;
}
pre span { unicode-bidi: isolate; }
.k { color: var(--key); }
.s { color: var(--text); }
.n { color: var(--number); }
.hidden-character {
  display: inline-block;
  font: 0.6875rem/1.3 var(--mono);
  color: var(--bad);
  border: 1px solid currentColor;
  border-radius: 3px;
  padding: 0 0.1875rem;
  margin: 0 0.0625rem;
  white-space: nowrap;
}
.rows, .troubles { background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.rows:empty, .troubles:empty { display: none; }
.rows li, .troubles li { padding: 0.4375rem 0.875rem; }
.rows li + li, .troubles li + li { border-top: 1px solid var(--line); }
.rows li { display: flex; flex-wrap: wrap; gap: 0 0.75rem; justify-content: space-between; align-items: baseline; }
.rows .what { font-family: var(--mono); font-size: 0.8125rem; overflow-wrap: anywhere; }
.rows .amount { font-variant-numeric: tabular-nums; color: var(--soft); }
.rows .meta { flex-basis: 100%; }
.troubles .head { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; justify-content: space-between; }
.troubles .what { font-family: var(--mono); font-size: 0.8125rem; color: var(--bad); overflow-wrap: anywhere; }
.troubles p { font-size: 0.8125rem; overflow-wrap: anywhere; }
.troubles .kept { color: var(--warn); }
`;
