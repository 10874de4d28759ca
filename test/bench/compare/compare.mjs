// @ts-check
// Side by side: the same stages through this package, through other exporters and through what bots write by hand,
// against one far end, in turns. About ten minutes; each figure is the median of several runs.
//   npm run bench:compare [-- --json] [-- --short]
import { cpus } from 'node:os';
import { median } from '../figures.mjs';
import { inFolder, runCandidate, startCandidate, startSink } from './child.mjs';
import { installation, installed, PACKAGES } from './installed.mjs';

const isShort = process.argv.includes('--short');
const ROUNDS = isShort ? 1 : 3;
const MANY = isShort ? 50_000 : 1_000_000;
const AZURE = 'Azure Monitor + disk store + BatchSpanProcessor';
const OURS = 'this package';
const SETTINGS = [
  { name: OURS },
  { name: 'OTLP/HTTP JSON + BatchSpanProcessor' },
  { name: 'OTLP/HTTP protobuf + BatchSpanProcessor' },
  { name: AZURE },
  { name: 'direct logger (fetch, sign, await)' },
  { name: 'bare limit: stringify + write to a file' },
];
const NO_NETWORK = new Set(['bare limit: stringify + write to a file']);

/** @param {string} text */
const say = (text) => console.error(`... ${text}`);
/** @param {number} millis */
const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** @type {Map<string, Record<string, string>>} */
const table = new Map(SETTINGS.map(({ name }) => [name, {}]));
/** @param {string} name @param {Record<string, string>} figures */
const put = (name, figures) => Object.assign(table.get(name) ?? {}, figures);
/** @param {unknown} error */
const why = (error) => `not measured: ${error instanceof Error ? error.message.split('\n')[0] : error}`;

for (const { name } of SETTINGS) {
  if (PACKAGES[name] === undefined) continue;
  say(`install ${name}`);
  try {
    const folder = installed(name);
    if (name === AZURE) process.env['AZURE_FOLDER'] = folder;
    const { packages, megabytes, leastImportMillis, importMillis } = installation(name, folder);
    put(name, {
      'import, median (least)': `${importMillis.toFixed(0)} (${leastImportMillis.toFixed(0)}) ms`,
      installed: `${megabytes.toFixed(1)} MB`,
      'packages beside the API': String(packages),
    });
  } catch (error) {
    put(name, { installed: why(error) });
  }
}

const sink = await startSink();
process.env['NODE_EXTRA_CA_CERTS'] = sink.certificate;
process.env['SINK_HTTPS'] = sink.httpsUrl;
const names = SETTINGS.map(({ name }) => name).filter(
  (name) => name !== AZURE || process.env['AZURE_FOLDER'] !== undefined,
);

/**
 * All candidates in turns, so that a slow minute of the machine meets all of them.
 *
 * @param {string} what @param {readonly string[]} of @param {(name: string, folder: string) => Promise<any>} measure
 * @param {(results: any[], name: string) => Record<string, string>} figures
 */
async function inTurns(what, of, measure, figures, rounds = ROUNDS) {
  /** @type {Map<string, any[]>} */
  const results = new Map(of.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of of) {
      say(`${what}: ${name}`);
      await sink.tell('up');
      await sink.tell('reset');
      try {
        results.get(name)?.push(await inFolder((folder) => measure(name, folder)));
      } catch (error) {
        put(name, { [what]: why(error) });
      }
    }
  }
  for (const [name, got] of results) if (got.length > 0) put(name, figures(got, name));
}

/** @param {any[]} results @param {string} key */
const mid = (results, key) => median(results.map((result) => result[key]));

await inTurns(
  'end',
  names,
  (name, folder) => runCandidate('end', { name, folder, url: sink.url, count: isShort ? 500 : 3_000 }),
  (results) => ({
    'main thread at end(), median': `${mid(results, 'median').toFixed(1)} us`,
    'p99 of it': `${mid(results, 'p99').toFixed(0)} us`,
  }),
);
await inTurns(
  'loop',
  names,
  (name, folder) => runCandidate('loop', { name, folder, url: sink.url, count: isShort ? 2_000 : 8_000 }),
  (results) => ({
    'event-loop delay at 1,000/s, mean': `${mid(results, 'mean').toFixed(2)} ms`,
    'p99 of the delay': `${mid(results, 'p99').toFixed(1)} ms`,
  }),
);

/** @param {string} name @param {string} folder @param {number} count */
async function delivered(name, folder, count) {
  const running = startCandidate('deliver', { name, folder, url: sink.url, count });
  await running.next();
  for (let before = -1, still = 0; still < 200; await wait(10)) {
    const come = await sink.tell('count');
    if (come >= count) break;
    still = come === before ? still + 1 : 0;
    before = come;
  }
  const come = await sink.tell('count');
  running.child.send('arrived');
  const taken = await running.next();
  await running.ended();
  return {
    ...taken,
    perSecond: (come * 1_000) / taken.millis,
    cpuMicros: (taken.cpuMillis * 1_000) / come,
    come,
  };
}
const DELIVERED = isShort ? 2_000 : 10_000;
await inTurns(
  'deliver',
  names.filter((name) => !NO_NETWORK.has(name)),
  (name, folder) => delivered(name, folder, DELIVERED),
  (results) => ({
    'delivered a second': mid(results, 'perSecond').toFixed(0),
    'processor time for each': `${mid(results, 'cpuMicros').toFixed(0)} us`,
    'requests for each':
      mid(results, 'come') < DELIVERED ? `(${DELIVERED - mid(results, 'come')} did not come)` : '',
  }),
);

for (const [label, count] of /** @type {const} */ ([
  ['10,000', 10_000],
  [MANY.toLocaleString('en-US'), MANY],
])) {
  await inTurns(
    `memory at ${label}`,
    names.filter((name) => !NO_NETWORK.has(name) && !name.startsWith('direct')),
    async (name, folder) => {
      await sink.tell('down');
      return runCandidate('memory', { name, folder, url: sink.url, count });
    },
    (results, name) => ({
      'memory at rest': `${mid(results, 'atRest').toFixed(0)} MB`,
      [`memory after ${label} while down`]: `${mid(results, 'after').toFixed(0)} MB${
        name === OURS ? `, ${mid(results, 'pending').toLocaleString('en-US')} kept` : ''
      }`,
    }),
    1,
  );
}

const OUTAGE_STAGES = 2_000;
/** How many came in the half minute after an outage. @param {string} name @param {string} folder */
async function afterOutage(name, folder) {
  await sink.tell('down');
  const running = startCandidate('outage', { name, folder, url: sink.url, count: OUTAGE_STAGES });
  await running.next();
  await wait(isShort ? 2_000 : 20_000);
  await sink.tell('up');
  for (let half = 0; half < (isShort ? 10 : 70); half++) {
    await wait(500);
    if ((await sink.tell('count')) >= OUTAGE_STAGES) break;
  }
  running.child.kill('SIGKILL');
  await running.ended();
  return { come: await sink.tell('count') };
}
await inTurns(
  'outage',
  names.filter((name) => !NO_NETWORK.has(name)),
  afterOutage,
  (results) => ({
    'came after an outage of 30 s': `${mid(results, 'come').toLocaleString('en-US')} of ${OUTAGE_STAGES.toLocaleString('en-US')}`,
  }),
  1,
);

/** @param {string} name @param {string} folder */
async function killed(name, folder) {
  const running = startCandidate('kill', { name, folder, url: sink.url });
  let ended = await running.next();
  setTimeout(() => running.child.kill('SIGKILL'), 1_500 + Math.random() * 2_000);
  for (let next = ended; next !== undefined; next = await running.next()) ended = next;
  await running.ended();
  const again = startCandidate('again', { name, folder, url: sink.url });
  await wait(isShort ? 3_000 : 10_000);
  again.child.kill('SIGKILL');
  await again.ended();
  return { ended, lost: Math.max(0, ended - (await sink.tell('count'))) };
}
await inTurns(
  'kill',
  names.filter((name) => !NO_NETWORK.has(name)),
  killed,
  (results) => {
    const sum = (/** @type {'ended' | 'lost'} */ key) =>
      results.reduce((total, result) => total + result[key], 0);
    return { 'lost at SIGKILL, after the next start': `${sum('lost')} of ${sum('ended')}` };
  },
);
sink.stop();

const columns = [...table].filter(([, figures]) => Object.keys(figures).length > 0);
const rows = [...new Set(columns.flatMap(([, figures]) => Object.keys(figures)))].filter((row) =>
  columns.some(([, figures]) => figures[row]),
);
const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`;
if (process.argv.includes('--json'))
  console.log(JSON.stringify({ machine, table: Object.fromEntries(table) }, undefined, 2));
else {
  console.log(`${machine}\n`);
  console.log(`| | ${columns.map(([name]) => name).join(' | ')} |`);
  console.log(`|---|${columns.map(() => '---').join('|')}|`);
  for (const row of rows)
    console.log(`| ${row} | ${columns.map(([, figures]) => figures[row] ?? '-').join(' | ')} |`);
}
