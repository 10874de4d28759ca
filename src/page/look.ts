/**
 * The colours and type of every page of this package. Light and dark by the reader's setting.
 *
 * Text colours keep 4.5 to 1 on every surface, and colours of marks 3 to 1; no colour is the only sign of anything.
 */
export const PAGE_COLOURS = `:root {
  color-scheme: light dark;
  --paper: #f6f6f3;
  --card: #ffffff;
  --sunk: #f0f0ec;
  --ink: #1c1d1f;
  --soft: #5b5f66;
  --line: #dcdcd5;
  --edge: #85888c;
  --accent: #0b6e66;
  --accent-ground: #e2f1ef;
  --bad: #a3290f;
  --bad-ground: #fbe9e4;
  --warn: #7a5200;
  --warn-ground: #f8efd9;
  --good: #1b6b34;
  --good-ground: #e4f3e7;
  --idle: #4f5a70;
  --idle-ground: #ebeef3;
  --key: #0b5c8f;
  --text: #7a3d00;
  --number: #6b2fa0;
  --mark-good: #24877c;
  --mark-idle: #74829d;
  --mark-bad: #c03d24;
  --mark-odd: #8753b4;
  --mark-off: #85888c;
  --mark-warn: #a8701a;
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
    --edge: #7c8087;
    --accent: #5ecdbf;
    --accent-ground: #17312f;
    --bad: #ff9a80;
    --bad-ground: #3a211b;
    --warn: #e8b95c;
    --warn-ground: #33291a;
    --good: #7ed69a;
    --good-ground: #1b3022;
    --idle: #b3bfd6;
    --idle-ground: #272c36;
    --key: #7cc4f5;
    --text: #f0b37a;
    --number: #cda6f7;
    --mark-good: #45b3a5;
    --mark-idle: #8191b0;
    --mark-bad: #ec755b;
    --mark-odd: #b48be0;
    --mark-off: #7c8087;
    --mark-warn: #d29b3c;
  }
}
`;

/** What pages with a script look like: cards, forms. */
export const PAGE_LOOK = `${PAGE_COLOURS}* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto;
  max-width: 120rem;
  padding: 1.25rem clamp(0.75rem, 2.5vw, 2rem) 3rem;
  background: var(--paper);
  color: var(--ink);
  font: 0.9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1, h2, h3, p, dl, dd, ul, ol, figure, fieldset { margin: 0; }
ul, ol { padding: 0; list-style: none; }
h1 { font-size: 1.25rem; line-height: 1.3; }
h2 { font-size: 0.9375rem; font-weight: 600; }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
[tabindex="-1"]:focus { outline: none; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--card); padding: 0.25rem 0.75rem; z-index: 1; }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: baseline; justify-content: space-between; }
.name { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; min-width: 0; }
.name p { color: var(--soft); overflow-wrap: anywhere; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; min-width: 0; }
.nothing { color: var(--soft); }
.blank { padding: 1rem 0.875rem; color: var(--soft); overflow-wrap: anywhere; }
code { font-family: var(--mono); font-size: 0.875em; color: var(--ink); }
.id { font-family: var(--mono); font-weight: 600; overflow-wrap: anywhere; }
.model, .what { font-family: var(--mono); font-size: 0.8125rem; overflow-wrap: anywhere; }
.model { color: var(--soft); }
.stage { font-weight: 600; overflow-wrap: anywhere; }
time, .meta { font-size: 0.8125rem; color: var(--soft); font-variant-numeric: tabular-nums; }
time { white-space: nowrap; }
.meta { overflow-wrap: anywhere; }
.explanation { max-width: 75ch; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }

.counts {
  display: flex;
  flex-wrap: wrap;
  gap: 1px;
  margin: 1rem 0 1.25rem;
  background: var(--line);
  border: 1px solid var(--line);
  border-radius: 8px;
  overflow: hidden;
}
.counts > div { flex: 1 1 min(9.5rem, 42%); background: var(--card); padding: 0.5rem 0.875rem 0.625rem; }
.counts dt { font-size: 0.8125rem; color: var(--soft); }
.counts dd { font-size: 1.375rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.counts dd + dd { font-size: 0.8125rem; color: var(--soft); }

.chip {
  display: inline-block;
  padding: 0 0.5rem;
  border-radius: 0.75rem;
  font-size: 0.8125rem;
  font-weight: 600;
  line-height: 1.5rem;
  overflow-wrap: anywhere;
  color: var(--idle);
  background: var(--idle-ground);
}
.chip.good { color: var(--good); background: var(--good-ground); }
.chip.warn { color: var(--warn); background: var(--warn-ground); }
.chip.bad { color: var(--bad); background: var(--bad-ground); }

button, input, select {
  font: inherit;
  font-size: 0.875rem;
  color: var(--ink);
  background: var(--card);
  border: 1px solid var(--edge);
  border-radius: 6px;
  padding: 0.25rem 0.625rem;
  min-height: 2.125rem;
  min-width: 0;
}
button { cursor: pointer; }
button:hover { border-color: var(--ink); }

details > summary { display: inline-block; cursor: pointer; font-size: 0.8125rem; color: var(--soft); padding: 0.125rem 0; }
details > summary::before { content: "\\25b8"; display: inline-block; width: 1rem; }
details[open] > summary::before { content: "\\25be"; }
details > summary::-webkit-details-marker { display: none; }
details > summary:hover { color: var(--ink); }
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
`;
