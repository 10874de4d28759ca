// @ts-nocheck: plain data of many libraries and versions, none of which is installed here.
import { createServer } from 'node:http';
import { ANSWER, nextToolCall, REASONING } from './scenario.mjs';

/**
 * Stands in for OpenAI (chat completions, responses) and Anthropic (messages) on a local port. A request that
 * offers tools and holds no tool result is answered with a tool call, any other with the answer. The model
 * `broken` is refused.
 */
export async function startProvider() {
  let count = 0;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (piece) => {
      text += piece;
    });
    request.on('end', () => {
      const body = text === '' ? {} : JSON.parse(text);
      count += 1;
      const reply = answerTo(request.url.split('?')[0], body, count);
      if (reply.events !== undefined) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for (const event of reply.events) {
          if (event.type !== undefined) response.write(`event: ${event.type}\n`);
          response.write(`data: ${JSON.stringify(event)}\n\n`);
        }
        response.end(reply.done ? 'data: [DONE]\n\n' : '');
      } else {
        response.writeHead(reply.status ?? 200, {
          'content-type': 'application/json',
          'x-request-id': `req_${count}`,
        });
        response.end(JSON.stringify(reply.body));
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

function answerTo(path, body, count) {
  if (body.model === 'broken') {
    return {
      status: 400,
      body: { type: 'error', error: { type: 'invalid_request_error', message: 'no such model' } },
    };
  }
  if (path.endsWith('/chat/completions'))
    return body.stream ? chatStream(body, count) : { body: chat(body, count) };
  if (path.endsWith('/responses'))
    return body.stream ? responsesStream(body, count) : { body: responses(body, count) };
  if (path.endsWith('/messages/count_tokens')) return { body: { input_tokens: 42 } };
  if (path.endsWith('/messages'))
    return body.stream ? messagesStream(body, count) : { body: messages(body, count) };
  if (path.endsWith('/embeddings')) {
    const data = [{ object: 'embedding', index: 0, embedding: [0.1, 0.2] }];
    return {
      body: { object: 'list', model: body.model, data, usage: { prompt_tokens: 3, total_tokens: 3 } },
    };
  }
  if (path.endsWith('/info')) return { body: {} };
  if (path.endsWith('/models')) return { body: { data: [], has_more: false, first_id: null, last_id: null } };
  return { status: 404, body: { error: { message: `no such path: ${path}`, type: 'not_found' } } };
}

let offered = [];

function toolFor(body) {
  // In a thread of messages Anthropic is sent nothing but the tool's result.
  const goesOn = body.tools === undefined && JSON.stringify(body).includes('"tool_result"');
  if (!goesOn) offered = (body.tools ?? []).map((tool) => tool.function?.name ?? tool.name);
  return nextToolCall(offered, body);
}

// --- OpenAI chat completions

const USAGE = {
  prompt_tokens: 84,
  completion_tokens: 41,
  total_tokens: 125,
  prompt_tokens_details: { cached_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 12 },
};

const dated = (model) => `${model}-2026-08-06`;

function chat(body, count) {
  const tool = toolFor(body);
  const message = tool
    ? {
        role: 'assistant',
        content: null,
        refusal: null,
        tool_calls: [
          {
            id: `call_${tool.id}`,
            type: 'function',
            function: { name: tool.name, arguments: tool.arguments },
          },
        ],
      }
    : { role: 'assistant', content: ANSWER, refusal: null, reasoning_content: REASONING };
  const choice = (index) => ({ index, message, logprobs: null, finish_reason: tool ? 'tool_calls' : 'stop' });
  return {
    id: `chatcmpl-fake${count}`,
    object: 'chat.completion',
    created: 1795300000,
    model: dated(body.model),
    choices: Array.from({ length: body.n ?? 1 }, (_, index) => choice(index)),
    usage: USAGE,
  };
}

function chatStream(body, count) {
  const head = {
    id: `chatcmpl-fake${count}`,
    object: 'chat.completion.chunk',
    created: 1795300000,
    model: dated(body.model),
  };
  const chunk = (delta, finish_reason = null) => ({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
  });
  const tool = toolFor(body);
  const deltas = tool
    ? [
        chunk({
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              index: 0,
              id: `call_${tool.id}`,
              type: 'function',
              function: { name: tool.name, arguments: '' },
            },
          ],
        }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: tool.arguments } }] }),
        chunk({}, 'tool_calls'),
      ]
    : [
        chunk({ role: 'assistant', content: '' }),
        chunk({ reasoning_content: REASONING }),
        chunk({ content: ANSWER.slice(0, 30) }),
        chunk({ content: ANSWER.slice(30) }),
        chunk({}, 'stop'),
      ];
  return { events: [...deltas, { ...head, choices: [], usage: USAGE }], done: true };
}

// --- OpenAI responses

function responses(body, count) {
  const tool = toolFor(body);
  const output = tool
    ? [
        { id: `rs_${count}`, type: 'reasoning', summary: [{ type: 'summary_text', text: REASONING }] },
        {
          id: `fc_${count}`,
          type: 'function_call',
          status: 'completed',
          call_id: `call_${tool.id}`,
          name: tool.name,
          arguments: tool.arguments,
        },
      ]
    : [
        { id: `rs_${count}`, type: 'reasoning', summary: [{ type: 'summary_text', text: REASONING }] },
        {
          id: `msg_${count}`,
          type: 'message',
          status: 'completed',
          role: 'assistant',
          content: [{ type: 'output_text', text: ANSWER, annotations: [] }],
        },
      ];
  return {
    id: `resp_fake${count}`,
    object: 'response',
    created_at: 1795300000,
    status: 'completed',
    error: null,
    incomplete_details: null,
    instructions: body.instructions ?? null,
    model: dated(body.model),
    output,
    parallel_tool_calls: true,
    temperature: 1,
    tool_choice: 'auto',
    tools: body.tools ?? [],
    top_p: 1,
    metadata: {},
    usage: {
      input_tokens: 84,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 41,
      output_tokens_details: { reasoning_tokens: 12 },
      total_tokens: 125,
    },
  };
}

function responsesStream(body, count) {
  const whole = responses(body, count);
  let sequence_number = 0;
  const event = (type, rest) => ({ type, sequence_number: sequence_number++, ...rest });
  const events = [
    event('response.created', { response: { ...whole, status: 'in_progress', output: [], usage: null } }),
  ];
  whole.output.forEach((item, output_index) => {
    events.push(event('response.output_item.added', { output_index, item }));
    if (item.type === 'message') {
      const place = { item_id: item.id, output_index, content_index: 0 };
      events.push(
        event('response.content_part.added', {
          ...place,
          part: { type: 'output_text', text: '', annotations: [] },
        }),
      );
      events.push(event('response.output_text.delta', { ...place, delta: ANSWER }));
      events.push(event('response.output_text.done', { ...place, text: ANSWER }));
      events.push(event('response.content_part.done', { ...place, part: item.content[0] }));
    }
    events.push(event('response.output_item.done', { output_index, item }));
  });
  events.push(event('response.completed', { response: whole }));
  return { events };
}

// --- Anthropic messages

/** An input that is parsed would have lost the digits of the order id. */
const inputOf = (tool) => {
  const { afterOrderId, ...input } = JSON.parse(tool.arguments);
  return input;
};

const THINKING = { type: 'thinking', thinking: REASONING, signature: 'c2ln' };

function messages(body, count) {
  const tool = toolFor(body);
  const thinks = body.thinking !== undefined && body.thinking.type !== 'disabled';
  const last = tool
    ? { type: 'tool_use', id: `toolu_${tool.id}`, name: tool.name, input: inputOf(tool) }
    : { type: 'text', text: ANSWER, citations: null };
  return {
    id: `msg_fake_${count}`,
    type: 'message',
    role: 'assistant',
    model: `${body.model}-20260801`,
    content: thinks ? [THINKING, last] : [last],
    stop_reason: tool ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: 84,
      output_tokens: 41,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
    },
  };
}

function messagesStream(body, count) {
  const whole = messages(body, count);
  const events = [{ type: 'message_start', message: { ...whole, content: [], stop_reason: null } }];
  whole.content.forEach((block, index) => {
    if (block.type === 'thinking') {
      events.push({
        type: 'content_block_start',
        index,
        content_block: { type: 'thinking', thinking: '', signature: '' },
      });
      events.push({
        type: 'content_block_delta',
        index,
        delta: { type: 'thinking_delta', thinking: block.thinking },
      });
      events.push({
        type: 'content_block_delta',
        index,
        delta: { type: 'signature_delta', signature: block.signature },
      });
    } else if (block.type === 'text') {
      events.push({ type: 'content_block_start', index, content_block: { type: 'text', text: '' } });
      events.push({ type: 'content_block_delta', index, delta: { type: 'text_delta', text: block.text } });
    } else {
      events.push({ type: 'content_block_start', index, content_block: { ...block, input: {} } });
      const delta = { type: 'input_json_delta', partial_json: JSON.stringify(block.input) };
      events.push({ type: 'content_block_delta', index, delta });
    }
    events.push({ type: 'content_block_stop', index });
  });
  events.push({
    type: 'message_delta',
    delta: { stop_reason: whole.stop_reason, stop_sequence: null },
    usage: { output_tokens: 41 },
  });
  events.push({ type: 'message_stop' });
  return { events };
}
