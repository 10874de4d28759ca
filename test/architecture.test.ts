import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '..', 'src');

/** A file's part: the folder below `src`, or the name of a file at the top. */
type Part = string;

/** Which parts each part may import. What is not listed is not allowed. */
const MAY_IMPORT: Record<Part, readonly Part[]> = {
  lib: [],
  errors: [],
  events: ['journal'],
  entry: ['lib', 'errors'],
  stages: ['config', 'entry', 'lib'],
  mapping: ['entry', 'lib'],
  assembly: ['entry', 'mapping', 'lib'],
  journal: ['entry', 'lib', 'errors'],
  audit: ['entry', 'journal', 'lib'],
  evidence: ['audit', 'entry', 'journal', 'lib', 'page'],
  delivery: ['entry', 'journal', 'lib', 'errors'],
  config: ['entry', 'mapping', 'events', 'lib', 'errors'],
  pipeline: [
    'assembly',
    'config',
    'delivery',
    'entry',
    'errors',
    'events',
    'journal',
    'lib',
    'mapping',
    'pipeline',
  ],
  host: [],
  otel: ['assembly', 'pipeline', 'config', 'entry', 'errors', 'host', 'journal', 'lib', 'mapping'],
  logger: ['pipeline', 'config', 'delivery', 'entry', 'errors', 'journal', 'lib'],
  register: ['config', 'errors', 'host', 'otel', 'lib'],
  page: [],
  report: ['audit', 'page', 'journal', 'entry'],
  emulator: ['emulator'],
  cli: [
    'audit',
    'report',
    'config',
    'journal',
    'lib',
    'errors',
    'emulator',
    'evidence',
    'delivery',
    'entry',
    'pipeline',
  ],
};
/** Packages, by the only files or parts that may import them at run time. */
const PACKAGES: Record<string, RegExp> = {
  undici: /^delivery\/undici-transport\.ts$/,
  '@opentelemetry/api': /^(lib|stages|otel|pipeline|config|mapping|host|register)/,
};

/** Programs of another thread and of the browser, as text: no clock of ours reaches them. */
const PROGRAM_TEXT =
  /^(logger\/sync-worker-source|(page|report|emulator\/page)\/(page-)?script(-[a-z]+)?)\.ts$/;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = (dir: string): string[] =>
  readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return files(path);
    return /\.m?ts$/.test(name) ? [path] : [];
  });

const IMPORT =
  /^\s*(?:import|export)\s+(type\s+)?[^'"]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(IMPORT)].map((match) => ({
    from: relative(SRC, path),
    to: match[2] ?? match[3] ?? match[4] ?? '',
    typeOnly: match[1] !== undefined,
  }));
}

const all = files(SRC);
const imports = all.flatMap(importsOf);

function resolved(one: Import): string | undefined {
  if (!one.to.startsWith('.')) return undefined;
  const base = normalize(join(dirname(one.from), one.to.replace(/\.js$/, '')));
  return all
    .map((path) => relative(SRC, path))
    .find((path) => path === `${base}.ts` || path === `${base}/index.ts`);
}

const partOf = (path: string): Part =>
  path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.m?ts$/, '');

describe('the architecture', () => {
  test('finds the imports that it is about to judge', () => {
    expect(all.length).toBeGreaterThan(40);
    expect(imports.filter((one) => one.to.startsWith('.')).length).toBeGreaterThan(60);
    expect(imports.filter((one) => one.to.startsWith('.') && resolved(one) === undefined)).toEqual([]);
  });

  test('has no import cycle, type imports counted', () => {
    const graph = new Map<string, string[]>();
    for (const one of imports) {
      const to = resolved(one);
      if (to !== undefined) graph.set(one.from, [...(graph.get(one.from) ?? []), to]);
    }
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (state.get(path) === 'done') return;
      if (state.get(path) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
        return;
      }
      state.set(path, 'open');
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
      state.set(path, 'done');
    };
    for (const path of graph.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  test('lets each part import only what stands before it on the way from span to receipt', () => {
    const wrong = imports.flatMap((one) => {
      const to = resolved(one);
      if (to === undefined) return [];
      const from = partOf(one.from);
      const target = partOf(to);
      if (from === target || from === 'index' || from === 'emulator') return [];
      return MAY_IMPORT[from]?.includes(target) ? [] : [`${one.from} imports ${to}`];
    });
    expect(wrong).toEqual([]);
  });

  test('keeps the emulator free of the code that it has to check', () => {
    const wrong = imports.filter((one) => {
      const to = resolved(one);
      return /^emulator/.test(one.from) && to !== undefined && !/^(emulator|page\/|lib\/clock)/.test(to);
    });
    expect(wrong).toEqual([]);
  });

  test('imports the package index from nowhere', () => {
    const wrong = imports.filter((one) => resolved(one) === 'index.ts' && one.from !== 'index.mts');
    expect(wrong).toEqual([]);
  });

  test('reaches no package but the API and undici, and undici from one file', () => {
    const wrong = imports.filter((one) => {
      if (one.to.startsWith('.') || one.to.startsWith('node:')) return false;
      const allowed = PACKAGES[one.to];
      return allowed === undefined || !allowed.test(one.from);
    });
    expect(wrong).toEqual([]);
  });

  test('reads the environment in one place', () => {
    const readers = all
      .filter((path) => /\bprocess\.env\b/.test(codeOf(path)))
      .map((path) => relative(SRC, path));
    expect(readers).toEqual(['config/process-env.ts']);
  });

  test('takes time and chance from the clock alone', () => {
    const users = all
      .filter((path) =>
        /(?<![.\w])(?:Date\.now|performance\.now|Math\.random|setTimeout|setInterval)\(/.test(codeOf(path)),
      )
      .map((path) => relative(SRC, path))
      .filter((path) => !PROGRAM_TEXT.test(path));
    expect(users).toEqual(['lib/clock.ts']);
  });
});

/** The file without its comments: prose may name what code may not use. */
function codeOf(path: string): string {
  return readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
