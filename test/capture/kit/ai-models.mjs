// @ts-nocheck: plain data of many libraries and versions, none of which is installed here.
import { ANSWER, nextToolCall, REASONING } from './scenario.mjs';

const toolFor = (options) =>
  nextToolCall(
    (options.mode?.tools ?? options.tools ?? []).map(({ name }) => name),
    options.prompt,
  );

const response = (count) => ({ id: `resp_${count}`, modelId: 'gpt-5-2025-08-07', timestamp: new Date(0) });

/** Settings for the mock models of AI SDK 3 and 4. */
export function modelV1() {
  let count = 0;
  return {
    provider: 'openai.chat',
    modelId: 'gpt-5',
    defaultObjectGenerationMode: 'json',
    async doGenerate(options) {
      count += 1;
      const tool = toolFor(options);
      return {
        rawCall: { rawPrompt: null, rawSettings: {} },
        finishReason: tool ? 'tool-calls' : 'stop',
        usage: { promptTokens: 84, completionTokens: 41 },
        text: tool ? undefined : ANSWER,
        reasoning: REASONING,
        toolCalls: tool
          ? [
              {
                toolCallType: 'function',
                toolCallId: `call_${tool.id}`,
                toolName: tool.name,
                args: tool.arguments,
              },
            ]
          : undefined,
        response: response(count),
      };
    },
    async doStream() {
      count += 1;
      return {
        rawCall: { rawPrompt: null, rawSettings: {} },
        stream: streamOf([
          { type: 'response-metadata', ...response(count) },
          { type: 'text-delta', textDelta: ANSWER.slice(0, 30) },
          { type: 'text-delta', textDelta: ANSWER.slice(30) },
          { type: 'finish', finishReason: 'stop', usage: { promptTokens: 84, completionTokens: 41 } },
        ]),
      };
    },
  };
}

/** Settings for the mock models of AI SDK 5 (`detailed` false), 6 and 7. */
export function modelV2(detailed) {
  let count = 0;
  const finish = (unified) => (detailed ? { unified, raw: unified } : unified);
  const usage = detailed
    ? {
        inputTokens: { total: 84, noCache: 84, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: 41, text: 29, reasoning: 12 },
      }
    : { inputTokens: 84, outputTokens: 41, totalTokens: 125 };
  return {
    provider: 'openai.responses',
    modelId: 'gpt-5',
    async doGenerate(options) {
      count += 1;
      const tool = toolFor(options);
      return {
        content: [
          { type: 'reasoning', text: REASONING },
          tool ? callOf(tool) : { type: 'text', text: ANSWER },
        ],
        finishReason: finish(tool ? 'tool-calls' : 'stop'),
        usage,
        warnings: [],
        response: response(count),
      };
    },
    async doStream(options) {
      count += 1;
      const tool = toolFor(options);
      const answer = tool
        ? [callOf(tool)]
        : [
            { type: 'text-start', id: 't1' },
            { type: 'text-delta', id: 't1', delta: ANSWER.slice(0, 30) },
            { type: 'text-delta', id: 't1', delta: ANSWER.slice(30) },
            { type: 'text-end', id: 't1' },
          ];
      return {
        stream: streamOf([
          { type: 'stream-start', warnings: [] },
          { type: 'response-metadata', ...response(count) },
          { type: 'reasoning-start', id: 'r1' },
          { type: 'reasoning-delta', id: 'r1', delta: REASONING },
          { type: 'reasoning-end', id: 'r1' },
          ...answer,
          { type: 'finish', finishReason: finish(tool ? 'tool-calls' : 'stop'), usage },
        ]),
      };
    },
  };
}

const callOf = (tool) => ({
  type: 'tool-call',
  toolCallId: `call_${tool.id}`,
  toolName: tool.name,
  input: tool.arguments,
});

const streamOf = (parts) =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
