import { createServer, type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStage } from '../../src/stages/start-stage.js';
import { createSpanMapper } from '../helpers/span-mapper.js';
import { registerTracing } from '../helpers/tracing.js';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const { spans, tracer } = registerTracing();
const mapSpan = createSpanMapper({ vocabularies: 'all', include: [], exclude: [] });

let server: Server;
let url: string;

/** Streams an answer in three pieces, as a model does; `/endless` goes on until the reader leaves. */
beforeAll(async () => {
  server = createServer(async (request, response) => {
    for (const piece of ['{"action":', '"BUY",', '"reason":"RSI 28"}']) {
      response.write(piece);
      await delay(2);
    }
    while (request.url === '/endless' && !response.destroyed) {
      response.write(' ');
      await delay(2);
    }
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  url = `http://127.0.0.1:${address.port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  trace.disable();
  context.disable();
});

beforeEach(() => {
  spans.ended.length = 0;
});

/** What a bot writes around a streamed answer: the stage ends when the stream does, however it does. */
async function* streamedDecision(path: string, signal?: AbortSignal): AsyncGenerator<string> {
  const stage = startStage('decision', { model: 'gpt-5', input: { symbol: 'BTCUSDT' } });
  const active = trace.setSpan(context.active(), stage);
  let answer = '';
  try {
    const response = await context.with(active, () => fetch(url + path, signal ? { signal } : {}));
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      const piece = decoder.decode(bytes, { stream: true });
      answer += piece;
      yield piece;
    }
  } catch (error) {
    stage.recordException(error instanceof Error ? error : String(error));
    stage.setStatus({ code: SpanStatusCode.ERROR, message: 'the stream broke off' });
    throw error;
  } finally {
    context.with(active, () => tracer.startSpan('after the stream').end());
    if (answer !== '') stage.setOutput(answer);
    stage.end();
  }
}

function onlyDraft() {
  const reading = mapSpan(spans.named('decision'));
  if (reading.kind !== 'entries') throw new Error('no entries');
  return reading.drafts[0];
}

describe('a stage around a stream', () => {
  it('ends when the stream is consumed, with the whole answer', async () => {
    const pieces: string[] = [];
    for await (const piece of streamedDecision('/')) {
      expect(spans.ended).toEqual([]);
      pieces.push(piece);
    }
    expect(pieces.length).toBeGreaterThan(0);
    expect(onlyDraft()).toMatchObject({
      outputJson: '{"action":"BUY","reason":"RSI 28"}',
      explanation: 'RSI 28',
      explanationDerived: false,
    });
    expect(spans.named('after the stream').parentSpanContext?.spanId).toBe(
      spans.named('decision').spanContext().spanId,
    );
  });

  it('ends when the reader leaves, with what was read', async () => {
    for await (const piece of streamedDecision('/endless')) {
      if (piece !== '') break;
    }
    expect(spans.named('decision').status.code).toBe(SpanStatusCode.UNSET);
    expect(onlyDraft()?.outputJson).toMatch(/action/);
  });

  it('ends when the stream is aborted, with its error', async () => {
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      for await (const piece of streamedDecision('/endless', abort.signal)) {
        if (piece.trim() === '') abort.abort();
      }
    };
    await expect(read()).rejects.toThrow(/abort/i);
    expect(spans.named('decision')).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      events: [{ name: 'exception' }],
    });
    expect(onlyDraft()?.outputJson).toMatch(/RSI 28/);
  });

  it('that is aborted before its first piece is logged with the error in place of the output', async () => {
    const read = async (): Promise<void> => {
      for await (const _ of streamedDecision('/endless', AbortSignal.abort())) throw new Error('unreachable');
    };
    await expect(read()).rejects.toThrow(/abort/i);
    expect(JSON.parse(onlyDraft()?.outputJson ?? '')).toMatchObject({ error: 'the stream broke off' });
  });
});
