import { PAGE_COLOURS } from '../page/look';

/** The page needs no script, so its style is all that a browser may use. */
export const EVIDENCE_STYLE = `${PAGE_COLOURS}* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 70rem; padding: 1.25rem clamp(0.75rem, 2.5vw, 2rem) 3rem;
  background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 0.9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1, h2, h3, p, dl, dd, ul, ol { margin: 0; }
h1 { font-size: 1.25rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 { font-size: 1.0625rem; margin: 1.75rem 0 0.5rem; }
h3 { font-size: 0.9375rem; display: flex; flex-wrap: wrap; gap: 0.25rem 0.625rem; align-items: baseline; }
a { color: var(--accent); overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.meta, dt { font-size: 0.8125rem; color: var(--soft); overflow-wrap: anywhere; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.75rem 0.875rem; min-width: 0; margin: 0 0 0.75rem; }
.card:target { outline: 2px solid var(--accent); }
.two { display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
ul { padding-left: 1.125rem; }
ul.rows { list-style: none; padding: 0; }
ul.rows li { padding: 0.25rem 0; border-top: 1px solid var(--line); }
.facts { display: grid; gap: 0.125rem 1rem; grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); margin: 0.5rem 0; }
.facts > div { min-width: 0; }
dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
code, .hash, pre { font-family: var(--mono); font-size: 0.8125rem; overflow-wrap: anywhere; }
.explanation { max-width: 75ch; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; margin: 0.375rem 0; }
.chip { display: inline-block; padding: 0 0.5rem; border-radius: 999px; font-size: 0.8125rem; font-weight: 600; line-height: 1.5rem; color: var(--idle); background: var(--idle-ground); }
.chip.good { color: var(--good); background: var(--good-ground); }
.chip.warn { color: var(--warn); background: var(--warn-ground); }
.chip.bad { color: var(--bad); background: var(--bad-ground); }
ol.events { list-style: none; padding: 0; margin: 0.5rem 0; border-left: 2px solid var(--line); }
ol.events li { padding: 0.125rem 0 0.125rem 0.75rem; overflow-wrap: anywhere; }
ol.events time { font-size: 0.8125rem; color: var(--soft); font-variant-numeric: tabular-nums; display: inline-block; min-width: 12.5rem; }
details > summary { cursor: pointer; font-size: 0.8125rem; color: var(--soft); padding: 0.25rem 0; }
pre { margin: 0.25rem 0 0.5rem; padding: 0.625rem 0.75rem; max-height: 24rem; overflow: auto; background: var(--sunk); border: 1px solid var(--line); border-radius: 6px; line-height: 1.5; white-space: pre-wrap; unicode-bidi: isolate; }
.hidden-character { font: 0.6875rem/1.3 var(--mono); color: var(--bad); border: 1px solid currentColor; border-radius: 3px; padding: 0 0.1875rem; white-space: nowrap; }
@media print { details { display: block; } .card { break-inside: avoid; } }
`;
