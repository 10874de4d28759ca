/** The plot of the last minutes: what arrived and what came of it, by the counts that each message of the feed has. */
export const ARRIVALS = `  const ARRIVAL_STEP = 5000;
  const ARRIVAL_STEPS = 60;
  const arrivals = new Map();
  let countsBefore;
  let drawnAt = '';

  function forgetArrivals() {
    arrivals.clear();
    countsBefore = undefined;
  }

  function arrived(kind, millis, count) {
    const step = Math.floor(millis / ARRIVAL_STEP);
    const at = arrivals.get(step) || { taken: 0, refused: 0, faults: 0 };
    at[kind] += count;
    arrivals.set(step, at);
    const oldest = Math.floor(Date.now() / ARRIVAL_STEP) - ARRIVAL_STEPS;
    for (const known of arrivals.keys()) if (known < oldest) arrivals.delete(known);
  }

  /** The first message tells when each log came; later ones may leave logs out, and their counts do not. */
  function noteArrivals({ stats, logs, troubles }) {
    if (countsBefore === undefined) {
      for (const { receivedAt } of logs) arrived('taken', receivedAt, 1);
      for (const { receivedAt, fault } of troubles) arrived(fault === undefined ? 'refused' : 'faults', receivedAt, 1);
    } else {
      arrived('taken', Date.now(), Math.max(0, stats.accepted - countsBefore.accepted));
      arrived('refused', Date.now(), Math.max(0, stats.refused - countsBefore.refused));
      arrived('faults', Date.now(), Math.max(0, stats.faults - countsBefore.faults));
    }
    countsBefore = stats;
  }

  function showArrivals() {
    const last = Math.floor(Date.now() / ARRIVAL_STEP);
    const first = last - ARRIVAL_STEPS + 1;
    const values = (kind) => Array.from({ length: ARRIVAL_STEPS }, (_, step) => (arrivals.get(first + step) || { [kind]: 0 })[kind]);
    const series = [
      { label: 'Taken', mark: 'good', values: values('taken') },
      { label: 'Refused', mark: 'bad', values: values('refused') },
      { label: 'Faults met', mark: 'warn', values: values('faults') },
    ];
    const now = last + JSON.stringify(series);
    // Drawing would take the cursor from under a reader's hand.
    if (now === drawnAt || byId('arrivals').matches(':focus-within, :hover')) return;
    drawnAt = now;
    const saying = (step) => series.filter((one) => one.values[step]).map((one) => countText(one.values[step]) + ' ' + one.label.toLowerCase()).join(', ') || 'none';
    const steps = { begin: first * ARRIVAL_STEP, step: ARRIVAL_STEP, count: ARRIVAL_STEPS };
    byId('arrivals').replaceChildren(plot({ title: 'Arrivals in the last five minutes', steps, series, saying, height: 56 }).box);
  }

`;
