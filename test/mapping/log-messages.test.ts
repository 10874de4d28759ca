import { describe, expect, it } from 'vitest';
import { joinLogMessages, type MessageLogRecord, readLogRecord } from '../../src/mapping/log-messages.js';
import { createSpanReader } from '../../src/mapping/read-span.js';

const spanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
const record = (eventName: string, body: unknown, attributes = {}): MessageLogRecord => ({
  eventName,
  body,
  attributes,
  spanContext,
});
const read = createSpanReader({ vocabularies: 'all', include: [], exclude: [] });
const call = (attributes: Record<string, unknown> = {}) => ({
  name: 'chat gpt-5',
  kind: 2,
  spanContext: () => ({ ...spanContext, traceFlags: 1 }),
  startTime: [1_700_000_000, 0] as const,
  endTime: [1_700_000_001, 0] as const,
  status: { code: 0 },
  attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-5', ...attributes },
  events: [],
});

function draftWith(...records: MessageLogRecord[]) {
  const messages = records.flatMap((one) => readLogRecord(one) ?? []);
  return read(call(), joinLogMessages(messages))?.draft;
}

describe('messages in log records', () => {
  it('belong to the span in whose context they were emitted', () => {
    expect(readLogRecord(record('gen_ai.user.message', { content: 'u' }))).toMatchObject(spanContext);
  });

  it('make an entry of a call whose span holds none, one record for each message', () => {
    const draft = draftWith(
      record('gen_ai.system.message', { content: 's' }),
      record('gen_ai.user.message', { content: 'u' }),
      record('gen_ai.choice', { index: 0, finish_reason: 'stop', message: { content: '{"action":"BUY"}' } }),
    );
    expect(draft?.inputJson).toBe(
      '{"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}]}',
    );
    expect(draft?.outputJson).toBe('{"action":"BUY"}');
  });

  it('are found by the attribute event.name too', () => {
    const { eventName: _, ...rest } = record('', { content: 'u' }, { 'event.name': 'gen_ai.user.message' });
    expect(readLogRecord(rest)?.input).toHaveLength(1);
  });

  it('of a streamed answer are joined: reasoning, text and tool call each in a record', () => {
    const details = (part: object) =>
      record('gen_ai.client.inference.operation.details', undefined, {
        'gen_ai.output.messages': [{ role: 'assistant', parts: [part] }],
      });
    const draft = draftWith(
      record('gen_ai.client.inference.operation.details', undefined, {
        'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'u' }] }],
        'gen_ai.system_instructions': [{ type: 'text', content: 's' }],
      }),
      details({ type: 'reasoning', text: 'Oversold.' }),
      details({ type: 'text', content: 'Buy.' }),
      details({ type: 'tool_call', name: 't', arguments: '{}' }),
    );
    expect(draft?.inputJson).toContain('"role":"system","content":"s"');
    expect(draft?.outputJson).toBe('{"text":"Buy.","toolCalls":[{"name":"t","args":{}}]}');
    expect(draft?.explanation).toBe('Oversold.');
  });

  it('keep several choices apart', () => {
    const choice = (content: string) => record('gen_ai.choice', { message: { content } });
    expect(draftWith(choice('a'), choice('b'))?.outputJson).toBe('{"choices":[{"text":"a"},{"text":"b"}]}');
  });

  it('with empty bodies, as the capture of content switched off leaves them, make no entry', () => {
    expect(
      draftWith(
        record('gen_ai.user.message', {}),
        record('gen_ai.choice', {
          index: 0,
          message: { tool_calls: [{ id: 'c', function: { name: 't' } }] },
        }),
      ),
    ).toBeUndefined();
  });

  it('give way to what is on the span itself', () => {
    const messages = readLogRecord(record('gen_ai.choice', { message: { content: 'from the log' } }));
    const output = '[{"role":"assistant","parts":[{"type":"text","content":"from the span"}]}]';
    expect(read(call({ 'gen_ai.output.messages': output }), messages)?.draft?.outputJson).toContain(
      'from the span',
    );
  });

  it.each<[string, MessageLogRecord]>([
    ['of another kind', record('app.started', { content: 'u' })],
    ['without a name', { body: 'text', spanContext }],
    ['outside any span', { eventName: 'gen_ai.user.message', body: { content: 'u' } }],
  ])('are not read from a record %s', (_, given) => {
    expect(readLogRecord(given)).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'hello'],
    ['a list', [1]],
    ['bytes', new Uint8Array([1])],
  ])('do not throw where the body is %s', (_, body) => {
    for (const name of ['gen_ai.user.message', 'gen_ai.choice', 'gen_ai.tool.message']) {
      expect(() => readLogRecord(record(name, body))).not.toThrow();
    }
  });
});
