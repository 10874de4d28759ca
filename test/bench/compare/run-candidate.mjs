// @ts-check
// One measurement of one candidate, in a process of its own; the parent reads the result from descriptor 3.
//   node run-candidate.mjs <task> '<{ name, url, folder, count, ourSettings }>'
import { writeSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { cost, median, quantile } from '../figures.mjs';
import { breathe, stagePayload } from '../stages.mjs';
import { CANDIDATES } from './candidates.mjs';

const [task = '', given = '{}'] = process.argv.slice(2);
/** Part of every delay that Node reports. */
const RESOLUTION_MILLIS = 1;
const { name, count, ...place } = JSON.parse(given);
const open = () => CANDIDATES[name]?.(place) ?? Promise.reject(new Error(`no candidate ${name}`));

/** @param {unknown} result */
const tell = (result) => writeSync(3, `${JSON.stringify(result)}\n`);
/** @param {number} millis */
const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
const residentMegabytes = () => {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1_048_576;
};

/** @type {Record<string, () => Promise<void>>} */
const TASKS = {
  /** What the bot pays at the end of a stage, at a pace of its own. */
  async end() {
    const candidate = await open();
    const micros = [];
    for (let number = 0; number < count * 1.5; number++) {
      const call = candidate.end(stagePayload(number), number);
      const begun = performance.now();
      const result = call();
      const taken = (performance.now() - begun) * 1_000;
      await result;
      await breathe();
      if (number >= count / 2) micros.push(taken);
    }
    tell({ median: median(micros), p99: quantile(micros, 0.99) });
  },

  /** The event loop at 1,000 stages a second. */
  async loop() {
    const candidate = await open();
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MILLIS });
    const begun = performance.now();
    let number = 0;
    for (; number < count; ) {
      if (number >= count / 4) delay.enable();
      const due = Math.min(count, performance.now() - begun);
      for (; number < due; number++) void candidate.end(stagePayload(number), number)();
      await wait(5);
    }
    tell({
      mean: delay.mean / 1e6 - RESOLUTION_MILLIS,
      p99: delay.percentile(99) / 1e6 - RESOLUTION_MILLIS,
    });
  },

  /** Everything at once, until the far end has it. The parent knows when that is, and says so. */
  async deliver() {
    const candidate = await open();
    const arrived = new Promise((resolve) => process.once('message', resolve));
    const taken = await cost(async () => {
      for (let number = 0; number < count; number++) {
        // As many as a queue of 2,048 takes without loss: what is lost would make a candidate fast.
        const result = candidate.end(stagePayload(number), number)();
        if (number % 100 === 99) await result;
        if (number % 1_000 === 999) await candidate.flush();
      }
      await candidate.flush();
      tell('ended');
      await arrived;
    });
    tell(taken);
  },

  /** While the far end is down. */
  async memory() {
    const candidate = await open();
    const atRest = residentMegabytes();
    for (let number = 0; number < count; number++) {
      candidate.end(stagePayload(number), number)();
      if (number % 200 === 199) await breathe();
    }
    await wait(1_000);
    tell({ atRest, after: residentMegabytes(), pending: candidate.pending?.() });
  },

  /** Stages that end while the far end is down, 200 a second; the parent lets it come back. */
  async outage() {
    const candidate = await open();
    for (let number = 0; number < count; number++) {
      void candidate.end(stagePayload(number), number)();
      if (number % 10 === 9) await wait(50);
    }
    tell('ended');
    await new Promise(() => setInterval(() => candidate.flush().catch(() => {}), 500));
  },

  /** Ends stages until it is killed, a thousand a second; says each time how many. */
  async kill() {
    const candidate = await open();
    const begun = performance.now();
    for (let number = 0; ; ) {
      const due = performance.now() - begun;
      for (; number < due; number++) {
        void candidate.end(stagePayload(number), number)();
        tell(number + 1);
      }
      await wait(5);
    }
  },

  /** The next start of the same bot, with nothing to do but to deliver what is left. */
  async again() {
    const candidate = await open();
    for (;;) {
      await candidate.flush().catch(() => {});
      await wait(100);
    }
  },
};

await TASKS[task]?.();
process.exit();
