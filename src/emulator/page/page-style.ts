import { PAGE_LOOK } from '../../page/look';
import { PLOT_LOOK } from '../../page/plot-look';

/** What only the emulator's page has; one column on a phone, two or three on a wide screen. */
const EMULATOR_LOOK = `.link { font-size: 0.8125rem; color: var(--soft); white-space: nowrap; }
.link::before { content: ""; display: inline-block; width: 0.5rem; height: 0.5rem; border-radius: 50%; margin-right: 0.5rem; background: var(--mark-warn); }
.link.live::before { background: var(--mark-good); }
#arrivals { margin-bottom: 1.5rem; }
.columns { display: grid; gap: 1.75rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 64rem) { .columns { grid-template-columns: minmax(0, 1fr) minmax(18rem, 24rem); align-items: start; } }
.columns h2 { margin-bottom: 0.5rem; }
.groups { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
@media (min-width: 88rem) { .groups { grid-template-columns: none; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); } }
.groups > div { display: grid; gap: 1rem; min-width: 0; }
.groups > div:empty { display: none; }
.beside { display: grid; gap: 1.5rem; }
.columns .nothing { margin-bottom: 0.75rem; }
.order > h3 {
  display: flex;
  flex-wrap: wrap;
  gap: 0 0.75rem;
  align-items: baseline;
  padding: 0.5rem 0.875rem;
  border-bottom: 1px solid var(--line);
  font-size: 0.9375rem;
  font-weight: 600;
}
.order > h3 .amount { margin-left: auto; font-weight: 400; font-size: 0.8125rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.log { padding: 0.625rem 0.875rem 0.5rem; }
.log + .log { border-top: 1px solid var(--line); }
@media (prefers-reduced-motion: no-preference) {
  .log.new { animation: arrive 2.5s ease-out; }
  @keyframes arrive { from { background: var(--accent-ground); } }
}
.log .head { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; }
.log time { margin-left: auto; }
.log .explanation { margin: 0.125rem 0 0.25rem; }
.contents { display: flex; flex-wrap: wrap; gap: 0 1.25rem; align-items: baseline; }
.contents > details[open] { flex-basis: 100%; min-width: 0; }
.contents > .meta { margin-left: auto; }
.rows:empty, .troubles:empty { display: none; }
.rows li, .troubles li { padding: 0.4375rem 0.875rem; }
.rows li + li, .troubles li + li { border-top: 1px solid var(--line); }
.rows li { display: flex; flex-wrap: wrap; gap: 0 0.75rem; justify-content: space-between; align-items: baseline; }
.rows .amount { font-variant-numeric: tabular-nums; color: var(--soft); }
.rows .meta { flex-basis: 100%; }
.troubles .head { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; justify-content: space-between; }
.troubles .what { color: var(--bad); }
.troubles p { font-size: 0.8125rem; overflow-wrap: anywhere; }
.troubles .kept { color: var(--warn); }
`;

/** The whole style of the emulator's page. */
export const PAGE_STYLE = PAGE_LOOK + PLOT_LOOK + EMULATOR_LOOK;
