import { describe, expect, it } from 'vitest';
import { createSpanReader } from '../../src/mapping/read-span.js';
import type { SpanFacts } from '../../src/mapping/span-facts.js';
import { captureFiles, finishedSpanOf, lineOf, readCapture, readSpans } from './captured-spans.js';
import { EXPECTED_FACTS } from './expected-facts.js';

const read = createSpanReader({ vocabularies: 'all', include: [], exclude: [] });
const files = captureFiles();

/** What the fake models said, and the bots asked: `test/capture/kit/scenario.mjs`. */
const PROMPT = 'BTCUSDT 64010, RSI(1h) 28, funding -0.011%. Decide.';
const ANSWER = '{"action":"buy","symbol":"BTCUSDT","size":0.01,"stop":63200,"confidence":0.72}';
const REASONING = 'RSI 28 on the 1h is oversold';
const ORDER_ID = '596471064624628269';

const factsIn = (file: string): readonly SpanFacts[] =>
  readSpans(readCapture(file), read).flatMap(([, facts]) => facts ?? []);
const callsIn = (file: string): readonly SpanFacts[] => factsIn(file).filter(({ role }) => role === 'call');

describe('the spans of real libraries', () => {
  it('are of more than twelve libraries, in more than a hundred captures', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(new Set(files.map((file) => file.replace(/@[^@]*$/, ''))).size).toBeGreaterThan(12);
    expect(files.map((file) => file.replace(/\.json$/, '')).toSorted()).toEqual(
      Object.keys(EXPECTED_FACTS).toSorted(),
    );
  });

  it.each(files)('%s', (file) => {
    const capture = readCapture(file);
    const lines = readSpans(capture, read).map(([span, facts]) => lineOf(span, facts));
    expect(lines).toEqual(EXPECTED_FACTS[file.replace(/\.json$/, '')]);
  });
});

describe('every model call of real libraries', () => {
  const loggable = files.flatMap((file) =>
    callsIn(file).flatMap(({ draft }) => (draft === undefined ? [] : [[file, draft] as const])),
  );

  it('that is logged says what was asked, what was answered, by whom and why', () => {
    expect(loggable.length).toBeGreaterThan(90);
    for (const [file, draft] of loggable) {
      // In a thread of messages Anthropic is sent nothing but the tool's result.
      const goesOn = file.includes('tool-runner') && draft.inputJson?.includes('"toolResults"');
      expect(draft.inputJson, file).toContain(goesOn ? '"id":"toolu_' : PROMPT);
      expect(JSON.parse(draft.outputJson ?? ''), file).toBeTypeOf('object');
      expect(draft.model, file).toMatch(/^(?:gpt-|claude-opus-5|decider-1)/);
      expect(draft.explanation, file).toMatch(/\S/);
      expect(draft.endedMillis, file).toBeGreaterThan(1_790_000_000_000);
    }
  });

  it('answers with the very characters of the model, or with its tool call, or with its decision', () => {
    for (const [file, { outputJson = '' }] of loggable) {
      if (file.includes('-decide')) expect(outputJson).toMatch(/^\{"action":\{"type":"choice"/);
      else if (file.includes('-manual') && !outputJson.startsWith('{"action"'))
        expect(outputJson).toMatch(/^\{"text":"RSI 28/);
      else if (outputJson.startsWith('{"choices":'))
        expect(outputJson).toBe(`{"choices":[${ANSWER},${ANSWER}]}`);
      else if (outputJson.startsWith('{"toolCalls":'))
        expect(outputJson).toMatch(/"name":"(?:get_position|place_order)"/);
      else if (file.startsWith('mastra@1.4.0-agent-tools'))
        expect(outputJson.startsWith(ANSWER.slice(0, -1))).toBe(true);
      else expect(outputJson, file).toBe(ANSWER);
    }
  });

  it('explains itself with the reasoning wherever the library recorded it', () => {
    let explained = 0;
    for (const file of files) {
      const capture = readCapture(file);
      for (const [span, facts] of readSpans(capture, read)) {
        if (facts?.role !== 'call' || facts.draft === undefined) continue;
        const recorded = Object.entries(span.attributes).some(
          ([key, value]) => isOfAnswer(key) && String(value).includes(REASONING),
        );
        if (!recorded) continue;
        explained += 1;
        expect(facts.draft.explanation, `${file} ${span.name}`).toContain(REASONING);
      }
    }
    expect(explained).toBeGreaterThan(40);
  });

  it('holds nothing where the content was switched off, and names the switch', () => {
    const off = files.filter((file) => /content-off|metadata-only|hidden/.test(file));
    expect(off.length).toBeGreaterThan(7);
    for (const file of off) {
      for (const { draft, notLoggable, notices } of callsIn(file)) {
        expect(draft, file).toBeUndefined();
        expect(notLoggable, file).toMatch(/^(?:no-content|redacted)$/);
        expect(notices.map(({ text }) => text).join(), file).toMatch(SWITCH);
      }
    }
  });

  it('keeps the digits of order ids, in metadata and in the arguments of tools', () => {
    const stated = files
      .flatMap((file) => factsIn(file))
      .flatMap(({ orders }) => (orders.kind === 'ids' ? orders.ids : []));
    expect(new Set(stated)).toEqual(new Set([ORDER_ID]));
    for (const file of [
      'ai@6.0.326-tools',
      'langsmith@0.12.0-chat-tool-call',
      'traceloop-openai@0.14.6-chat-tool-call',
    ]) {
      const outputs = callsIn(`${file}.json`).map(({ draft }) => draft?.outputJson);
      expect(outputs.join(), file).toContain(`"afterOrderId":${ORDER_ID}`);
    }
  });
});

const SWITCH =
  /recordInputs|ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE=content|OPENINFERENCE_HIDE|CAPTURE_MESSAGE_CONTENT=true/;

const isOfAnswer = (key: string): boolean =>
  /output|completion|ai\.response/.test(key) && !/input|tool_result/.test(key);

describe('a span reader', () => {
  const spans = files.flatMap((file) => readCapture(file).spans);

  it('reads the same of every captured span whose structures came as SDK 3.x has them', () => {
    for (const span of spans) {
      const structured = Object.fromEntries(
        Object.entries(span.attributes).map(([key, value]) => [key, structureOf(key, value)]),
      );
      const plain = read(finishedSpanOf(span));
      const facts = read({ ...finishedSpanOf(span), attributes: structured });
      expect(facts?.draft?.inputJson, span.name).toEqual(plain?.draft?.inputJson);
      expect(facts?.draft?.outputJson, span.name).toEqual(plain?.draft?.outputJson);
      expect(facts?.draft?.explanation, span.name).toEqual(plain?.draft?.explanation);
    }
  });

  it('changes nothing on a span', () => {
    const deepFrozen = spans.map((span) => freeze(structuredClone(span)));
    for (const span of deepFrozen) expect(() => read(finishedSpanOf(span))).not.toThrow();
    expect(deepFrozen).toEqual(spans);
  });

  it('reads a captured span as a call or a tool for its library alone, where the setting names it', () => {
    const only = (vocabulary: string) =>
      createSpanReader({ vocabularies: [vocabulary], include: [], exclude: [] });
    const rolesOf = (file: string, vocabulary: string) =>
      readSpans(readCapture(`${file}.json`), only(vocabulary)).flatMap(([, facts]) => facts?.role ?? []);
    expect(rolesOf('ai@7.0.173-otel-tools', 'ai_sdk')).toContain('call');
    expect(rolesOf('anthropic-sdk@1.12.0-content', 'anthropic')).toEqual(['call']);
    expect(rolesOf('traceloop-openai@0.27.0-chat', 'openllmetry')).toEqual(['call']);
    expect(rolesOf('langsmith@0.12.0-chat', 'langfuse')).toEqual([]);
    const anthropicOnly = only('anthropic');
    const [[, facts] = []] = readSpans(readCapture('anthropic-sdk@1.12.0-content.json'), anthropicOnly);
    expect(facts?.draft?.outputJson).toBe(ANSWER);
  });
});

/** Only what conventions call a structure: the other JSON texts are text in SDK 3.x too. */
const structureOf = (key: string, value: unknown): unknown =>
  /^gen_ai\.(?:input|output)\.messages$|^gen_ai\.system_instructions$/.test(key) &&
  typeof value === 'string' &&
  value.startsWith('[') &&
  !/\d{16}/.test(value)
    ? JSON.parse(value)
    : value;

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const member of Object.values(value)) freeze(member);
  }
  return value;
}
