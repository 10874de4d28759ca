import { PAGE_LOOK } from '../page/look';
import { PLOT_LOOK } from '../page/plot-look';

/** What only the report has: its overview, the filters and the trades on their stretches of time. */
const REPORT_LOOK = `.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.note { margin-top: 0.75rem; padding: 0.5rem 0.875rem; border-radius: 8px; background: var(--warn-ground); color: var(--warn); overflow-wrap: anywhere; }
.note.bad { background: var(--bad-ground); color: var(--bad); }
#empty, #none { margin-top: 1rem; }
#written { overflow-wrap: anywhere; }
.overview { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
.overview h2 { padding: 0.625rem 0.875rem; border-bottom: 1px solid var(--line); }
.beside { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); align-items: start; }
@media (min-width: 80rem) {
  .overview { grid-template-columns: minmax(0, 1fr) 26rem; }
  .beside { grid-template-columns: minmax(0, 1fr); }
}
.attention li { display: flex; gap: 0.625rem; align-items: center; padding: 0.375rem 0.875rem; min-height: 2.75rem; }
.attention li + li { border-top: 1px solid var(--line); }
.attention button { margin-left: auto; flex: none; }
.sign { flex: none; width: 0.625rem; height: 0.625rem; border-radius: 50%; background: var(--mark-idle); }
.sign.warn { background: var(--mark-warn); }
.sign.bad { background: var(--mark-bad); }
.stages { padding: 0.5rem 0.875rem 0.75rem; display: grid; gap: 0.5rem; }
.stages li { display: flex; flex-wrap: wrap; gap: 0.125rem 0.75rem; justify-content: space-between; font-size: 0.875rem; }
.stage-name { overflow-wrap: anywhere; }
.stages .amount { font-variant-numeric: tabular-nums; color: var(--soft); }
.meter { display: flex; gap: 1px; height: 0.5rem; border-radius: 4px; background: var(--line); overflow: hidden; }
.meter i { display: block; height: 100%; min-width: 2px; }
.stages .meter { flex: 1 0 100%; }
.orders-bar { display: grid; gap: 0.375rem; padding: 0.75rem 0.875rem 0.25rem; }
.orders-bar .meter { height: 0.875rem; }
.remark { padding: 0 0.875rem 0.75rem; }
.against { padding: 0.375rem 0.875rem 0; }
.absent .stage { color: var(--soft); }

#trades-part { margin-top: 1.75rem; }
.over { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; margin-bottom: 0.5rem; }
.filters { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.625rem; padding: 0.75rem 0.875rem; margin-bottom: 1rem; align-items: end; }
.field { display: grid; gap: 0.125rem; min-width: 0; }
.filters label { font-size: 0.8125rem; color: var(--soft); }
.filters input, .filters select { width: 100%; }
.filters .wide { grid-column: 1 / -1; }
@media (min-width: 30rem) { #clear { justify-self: start; } }
@media (max-width: 30rem) { .filters .time { grid-column: 1 / -1; } }
@media (min-width: 48rem) { .filters { grid-template-columns: repeat(4, minmax(0, 1fr)); } .filters .wide { grid-column: span 2; } }
@media (min-width: 80rem) { .filters { grid-template-columns: 2fr 1.25fr 1.25fr 1fr 1.25fr 1.25fr 1.25fr auto; } .filters .wide { grid-column: auto; } }
.filters button:disabled { opacity: 0.55; cursor: default; }
#more { display: block; margin: 1rem auto 0; }

.trade { content-visibility: auto; contain-intrinsic-size: auto 16rem; margin-bottom: 0.875rem; }
.trade-head { display: flex; flex-wrap: wrap; gap: 0.25rem 0.625rem; align-items: center; padding: 0.5rem 0.875rem; border-bottom: 1px solid var(--line); }
.trade-head h3 { font-size: 0.9375rem; font-weight: 600; }
.trade-head .symbol { color: var(--soft); font-weight: 400; }
.trade-head .when { margin-left: auto; }
.line { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.25rem 1.25rem; padding: 0.625rem 0.875rem 0.375rem; }
.line + .line { border-top: 1px solid var(--line); }
.line .title { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; min-width: 0; }
.words { min-width: 0; }
.clamped { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; line-clamp: 3; overflow: hidden; }
.why { font-size: 0.875rem; overflow-wrap: anywhere; color: var(--soft); }
.why.bad { color: var(--bad); }
.why.warn { color: var(--warn); }
.course { display: grid; grid-template-columns: minmax(0, 1fr) 9.5rem; gap: 0.75rem; align-items: center; }
.outcome { display: flex; gap: 0.5rem; align-items: baseline; justify-content: flex-end; font-variant-numeric: tabular-nums; }
.track { position: relative; height: 1.25rem; background: linear-gradient(var(--line), var(--line)) left 50% / 100% 1px no-repeat; }
.track i { position: absolute; top: 50%; }
.track-legend { margin-left: auto; }
.track-legend .work { width: 1rem; height: 0.625rem; border-radius: 2px; background: var(--mark-idle); }
.track-legend .way { width: 1rem; height: 2px; background: var(--mark-good); }
.track-legend .end { width: 0.625rem; height: 0.625rem; border-radius: 50%; background: var(--mark-good); }
.track-legend .try { width: 2px; height: 0.625rem; background: var(--mark-bad); }
.line.matched { box-shadow: inset 3px 0 0 var(--accent); }
.track .work { height: 0.625rem; margin-top: -0.3125rem; min-width: 3px; border-radius: 2px; background: var(--mark-idle); }
.track .way { height: 2px; margin-top: -1px; background: var(--mark-good); }
.track .end { width: 0.625rem; height: 0.625rem; margin: -0.3125rem 0 0 -0.5rem; border-radius: 50%; background: var(--mark-good); border: 2px solid var(--card); box-sizing: content-box; }
.track .end.late { background: var(--mark-warn); }
.track .try { width: 2px; height: 0.625rem; margin-top: -0.3125rem; background: var(--mark-bad); }
.contents { display: flex; flex-wrap: wrap; gap: 0 1.25rem; align-items: baseline; min-width: 0; }
.contents > details[open] { flex-basis: 100%; min-width: 0; }
.contents h4 { margin: 0.5rem 0 0.125rem; font-size: 0.8125rem; font-weight: 600; color: var(--soft); }
@media (min-width: 64rem) {
  .line { grid-template-columns: 13rem minmax(0, 75ch) minmax(18rem, 1fr); }
  .line .title { display: block; }
  .contents { grid-column: 2 / -1; }
  .course { align-self: start; }
}
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 0.125rem 1.5rem; margin: 0.625rem 0; font-size: 0.8125rem; }
.facts div { display: grid; grid-template-columns: 5rem minmax(0, 1fr); gap: 0.5rem; }
.facts dt { color: var(--soft); }
.facts dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.tries li { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; font-size: 0.875rem; overflow-wrap: anywhere; }
`;

/** The whole style of the report. */
export const REPORT_STYLE = PAGE_LOOK + PLOT_LOOK + REPORT_LOOK;
