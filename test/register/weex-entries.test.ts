import { describe, expect, test } from 'vitest';
import { optionsOfEntry } from '../../src/register/entry-options.js';
import { withoutTexts } from '../../src/register/start-from-config.js';
import { takeOutWeex, withoutPlaceholder } from '../../src/register/weex-entries.js';

const otlp = { batch: { exporter: { otlp_http: { endpoint: 'http://127.0.0.1' } } } };
const weex = (entry: unknown) => ({ batch: { schedule_delay: 5, exporter: { weex: entry } } });

describe('takeOutWeex', () => {
  test('takes our entries out of batch and simple processors, and leaves the rest as it was', () => {
    const model = {
      log_level: 'info',
      tracer_provider: {
        sampler: { always_on: null },
        processors: [weex({ mode: 'record' }), otlp, { simple: { exporter: { weex: null } } }],
      },
    };
    const before = structuredClone(model);
    expect(takeOutWeex(model)).toEqual({
      entries: [{ mode: 'record' }, null],
      rest: { log_level: 'info', tracer_provider: { sampler: { always_on: null }, processors: [otlp] } },
      hasPlaceholder: false,
    });
    expect(model).toEqual(before);
  });

  test('leaves one processor where the schema asks for one, and tells of it', () => {
    const taken = takeOutWeex({ propagator: {}, tracer_provider: { processors: [weex({})] } });
    expect(taken.hasPlaceholder).toBe(true);
    expect(taken.rest['tracer_provider']).toEqual({
      processors: [{ simple: { exporter: { console: null } } }],
    });
    expect(withoutPlaceholder(taken)).toEqual({ propagator: {} });
  });

  test.each([
    ['no tracer provider', {}],
    ['processors that are no list', { tracer_provider: { processors: 'weex' } }],
    ['processors that are nothing', { tracer_provider: { processors: [null, 7] } }],
  ])('finds none of ours with %s', (_what, model) => {
    expect(takeOutWeex(model).entries).toEqual([]);
  });
});

describe('optionsOfEntry', () => {
  test("reads an option's own name and the name without its unit alike", () => {
    expect(
      optionsOfEntry({
        api_key: 'k',
        timeout: 5,
        link_window_millis: 7,
        journal_max_bytes: 9,
        certificate: 'pem',
        answers_only: true,
      }),
    ).toEqual({
      apiKey: 'k',
      timeoutMillis: 5,
      linkWindowMillis: 7,
      journalMaxBytes: 9,
      ca: 'pem',
      answersOnly: true,
    });
  });

  test('leaves what is no option for the settings to complain of', () => {
    expect(optionsOfEntry({ link_windw: 1 })).toEqual({ linkWindw: 1 });
    expect(optionsOfEntry(null)).toEqual({});
  });
});

describe('withoutTexts', () => {
  test('writes no text of the configuration, and numbers and blanks as they are', () => {
    const { text, variables } = withoutTexts({
      a: 'secret "1"',
      b: [true, 7, null, ' '],
      c: { d: '$'.repeat(2) },
    });
    const [first, second] = Object.keys(variables);
    expect(JSON.parse(text)).toEqual({
      a: `\${${first}}`,
      b: [true, 7, null, ' '],
      c: { d: `\${${second}}` },
    });
    expect(Object.values(variables)).toEqual(['secret "1"', '$$']);
  });
});
