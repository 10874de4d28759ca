import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { WeexSpanProcessor } from '../../src/otel/weex-span-processor.js';
import { type Scrape, startPrometheus } from '../helpers/prometheus.js';
import { accountAt, emulator, STAGE, tracerWith } from '../helpers/traced-bot.js';
import { ROOT } from './run-example.js';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly refId: string; readonly expr: string }[];
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

const read = (path: string): string => readFileSync(join(ROOT, 'examples', path), 'utf8');
const dashboard: {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
} = JSON.parse(read('grafana/weex-ai-log.dashboard.json'));
const { groups }: { readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[] } =
  parse(read('prometheus/weex-ai-log.rules.yml'));
const rules = groups.flatMap((group) => group.rules);
const expressions = [
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...dashboard.templating.list.flatMap(({ definition = '' }) => definition),
  ...rules.map(({ expr }) => expr),
];

/** Everything that a query names but for functions, keywords, label names in `by (...)` and texts. */
const metricsIn = (expr: string): string[] =>
  expr
    .replace(/"[^"]*"/g, '""')
    .replace(/by \([^)]*\)/g, '')
    .match(/\b(?:weex|otel)_\w+(?!\w*\s*=)/g) ?? [];

/** What the real exporter writes for a bot that has delivered a log and skipped another. */
async function scrapeOfBot(): Promise<Scrape> {
  const weex = await emulator();
  const { provider, scrape } = await startPrometheus();
  const processor = new WeexSpanProcessor(
    accountAt(weex, { selfObsMeterProvider: provider, filter: ({ model }) => model !== 'private' }),
  );
  const { tracer } = tracerWith([processor]);
  tracer.startSpan('decide', { attributes: STAGE }).end();
  tracer.startSpan('decide', { attributes: { ...STAGE, 'ai.model': 'private' } }).end();
  await processor.forceFlush();
  return scrape();
}

describe('dashboard and alerts', () => {
  test('name only metrics and labels that the Prometheus exporter writes, and all of ours', async () => {
    const { samples, types } = await scrapeOfBot();
    const written = new Set(samples.map(({ name }) => name));
    const named = new Set(expressions.flatMap(metricsIn));
    expect(named.size).toBeGreaterThan(10);
    expect([...named].filter((name) => !written.has(name))).toEqual([]);
    const ours = [...types.keys()].filter((name) => /^(weex_ai_log|otel_sdk_exporter)_/.test(name));
    const shown = [...named].map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    expect(ours.filter((name) => !shown.includes(name))).toEqual([]);
    const labels = new Set([...samples.flatMap((sample) => Object.keys(sample.labels)), 'error_type']);
    // Prometheus itself adds these two.
    for (const own of ['job', 'instance']) labels.add(own);
    const used = expressions.flatMap((expr) => [
      ...[...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/,\s*/)),
      ...[...expr.matchAll(/(\w+)\s*=~?"/g)].map(([, name = '']) => name),
    ]);
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((name) => !labels.has(name))).toEqual([]);
  });
});

describe('the dashboard', () => {
  test('has panels with ids of their own on a grid of 24 columns, none over another', () => {
    const { panels } = dashboard;
    expect(panels.length).toBeGreaterThan(15);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Map<string, string>();
    for (const { title, gridPos } of panels) {
      const { x, y, w, h } = gridPos;
      expect([x, y, w, h].every((side) => Number.isInteger(side) && side >= 0)).toBe(true);
      expect(x + w).toBeLessThanOrEqual(24);
      for (let column = x; column < x + w; column += 1) {
        for (let line = y; line < y + h; line += 1) {
          expect(taken.get(`${column} ${line}`), `"${title}" lies over another panel`).toBeUndefined();
          taken.set(`${column} ${line}`, title);
        }
      }
    }
  });

  test('has a title, a description and a query in every panel but the headings', () => {
    for (const { type, title, description, targets = [] } of dashboard.panels) {
      expect(title).not.toBe('');
      if (type === 'row') continue;
      expect(description, title).toMatch(/\w/);
      expect(targets.length, title).toBeGreaterThan(0);
      expect(new Set(targets.map(({ refId }) => refId)).size, title).toBe(targets.length);
    }
  });

  test('uses only variables that it defines, beside those of Grafana', () => {
    const defined = dashboard.templating.list.map(({ name }) => name);
    const used = JSON.stringify(dashboard.panels).match(/\$\{?\w+/g) ?? [];
    const names = new Set(used.map((name) => name.replace(/^\$\{?/, '')));
    expect([...names].filter((name) => !name.startsWith('__') && !defined.includes(name))).toEqual([]);
    expect([...names]).toEqual(expect.arrayContaining(['datasource', 'job', 'instance', '__rate_interval']));
  });
});

describe('the alert rules', () => {
  test('are three: pending too old, paused, rejected', () => {
    expect(rules.map(({ alert }) => alert)).toEqual([
      'WeexAiLogPendingTooOld',
      'WeexAiLogPaused',
      'WeexAiLogRejected',
    ]);
    for (const { expr, labels, annotations } of rules) {
      expect(expr).toMatch(/ > \d+$/);
      expect(labels.severity).toMatch(/^(critical|warning)$/);
      expect(annotations.summary).toContain('$labels.instance');
      expect(annotations.description).toMatch(/\.$/);
    }
  });

  test('call a pending log too old at the age at which health() is no longer ready', () => {
    const health = readFileSync(join(ROOT, 'src', 'pipeline', 'health.ts'), 'utf8');
    const millis = /READY_AGE_MILLIS = ([\d_]+)/.exec(health)?.[1]?.replace('_', '');
    expect(rules[0]?.expr).toMatch(new RegExp(` > ${Number(millis) / 1_000}$`));
  });
});

describe('the table of metrics in the README', () => {
  test('has every metric with its type, unit and name in Prometheus', async () => {
    const scrape = await scrapeOfBot();
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| `([a-z._]+)` \| ([a-z-]+) \| `([^`]+)` \| `(\w+)` \|/gm)];
    const table = rows.map(([, , , unit, name = '']) => [name, unit] as const);
    const ours = [...scrape.units].filter(([name]) => /^(weex_ai_log|otel_sdk_exporter)_/.test(name));
    expect(new Map(table)).toEqual(new Map(ours));
    for (const [, name = '', type = '', , shown = ''] of rows) {
      expect(shown).toBe(name.replaceAll('.', '_') + (type === 'counter' ? '_total' : ''));
      expect(scrape.types.get(shown)).toBe(type === 'up-down-counter' ? 'gauge' : type);
    }
  });
});
