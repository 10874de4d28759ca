import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { onTestFinished } from 'vitest';

export interface Sample {
  /** As written, with `_bucket`, `_sum`, `_count` and `_total`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Scrape {
  readonly text: string;
  readonly samples: readonly Sample[];
  /** `counter`, `gauge` or `histogram`, by the name in its `# TYPE` line. */
  readonly types: ReadonlyMap<string, string>;
  readonly units: ReadonlyMap<string, string>;
  /** The sum of the samples of that name with these labels; `undefined`: there is none. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
}

/** A real Prometheus exporter behind a real port, gone with the test. */
export async function startPrometheus(): Promise<{
  readonly provider: MeterProvider;
  readonly url: string;
  scrape(): Promise<Scrape>;
}> {
  // Its own server takes port 0 for "the usual port".
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const server = createServer((request, response) => exporter.getMetricsRequestHandler(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
  onTestFinished(async () => {
    await provider.shutdown();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return { provider, url, scrape: async () => readScrape(await (await fetch(url)).text()) };
}

const SAMPLE = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/i;
const LABEL = /([a-z_][a-z0-9_]*)="((?:[^"\\]|\\.)*)"/gi;

/** Reads the text format; throws at a line that is none of it. */
export function readScrape(text: string): Scrape {
  const samples: Sample[] = [];
  const types = new Map<string, string>();
  const units = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE|UNIT) (\S+) (.*)$/.exec(line) ?? [];
    if (keyword === 'TYPE') types.set(name, rest);
    if (keyword === 'UNIT') units.set(name, rest);
    if (line === '' || line.startsWith('#')) continue;
    const [, sample, labels = '', value] = SAMPLE.exec(line) ?? [];
    if (sample === undefined) throw new Error(`expected a sample, got ${JSON.stringify(line)}`);
    samples.push({
      name: sample,
      labels: Object.fromEntries([...labels.matchAll(LABEL)].map(([, key, text]) => [key, text])),
      value: Number(value),
    });
  }
  return {
    text,
    samples,
    types,
    units,
    value(name, labels = {}) {
      const found = samples.filter(
        (one) => one.name === name && Object.entries(labels).every(([key, text]) => one.labels[key] === text),
      );
      return found.length === 0 ? undefined : found.reduce((sum, one) => sum + one.value, 0);
    },
  };
}
