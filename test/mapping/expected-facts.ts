/**
 * What each captured span is, lends and would log, in the form of `lineOf`. Checked by a person against what the library
 * recorded.
 */
export const EXPECTED_FACTS: Readonly<Record<string, readonly string[]>> = {
  'ai@3.4.33-content-off': [
    'ai.generateText.doGenerate: call; no-content; stated stage Decision Making; order 596471064624628269; (content-off-ai_sdk)',
    'ai.generateText: wrapper; no-content; stated stage Decision Making; order 596471064624628269',
    'trade-cycle: -',
  ],
  'ai@3.4.33-failed': [
    'ai.generateText.doGenerate: call; failed; stated stage Decision Making; order 596471064624628269',
    'ai.generateText: wrapper; failed; stated stage Decision Making; order 596471064624628269',
    'trade-cycle: -',
  ],
  'ai@3.4.33-image': [
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content+leftOut]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.generateText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content+leftOut]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'ai@3.4.33-object': [
    'ai.generateObject.doGenerate: call; function stage decide-trade; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.generateObject: wrapper; function stage decide-trade; LOG gpt-5; in system[content] user[content]; out action; because {"action":"buy"}',
    'trade-cycle: -',
  ],
  'ai@3.4.33-stream': [
    'ai.streamText.doStream: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.streamText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'ai@3.4.33-tools': [
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out toolCalls; derived The model called get_pos…',
    'ai.toolCall: tool; function stage decide-trade; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content] assistant[toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.generateText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'ai@4.3.19-content-off': [
    'ai.generateText.doGenerate: call; no-content; stated stage Decision Making; order 596471064624628269; (content-off-ai_sdk)',
    'ai.generateText: wrapper; no-content; stated stage Decision Making; order 596471064624628269',
    'trade-cycle: -',
  ],
  'ai@4.3.19-failed': [
    'ai.generateText.doGenerate: call; failed; stated stage Decision Making; order 596471064624628269',
    'ai.generateText: wrapper; failed; stated stage Decision Making; order 596471064624628269',
    'trade-cycle: -',
  ],
  'ai@4.3.19-image': [
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content+leftOut]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.generateText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content+leftOut]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'ai@4.3.19-object': [
    'ai.generateObject.doGenerate: call; function stage decide-trade; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.generateObject: wrapper; function stage decide-trade; LOG gpt-5; in system[content] user[content]; out action; because {"action":"buy"}',
    'trade-cycle: -',
  ],
  'ai@4.3.19-stream': [
    'ai.streamText.doStream: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.streamText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'ai@4.3.19-tools': [
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out toolCalls; derived The model called get_pos…',
    'ai.toolCall: tool; function stage decide-trade; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content] assistant[reasoning+toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.generateText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'ai@5.0.277-content-off': [
    'ai.generateText.doGenerate: call; no-content; stated stage Decision Making; order 596471064624628269; (content-off-ai_sdk)',
    'ai.generateText: wrapper; no-content; stated stage Decision Making; order 596471064624628269',
    'trade-cycle: -',
  ],
  'ai@5.0.277-failed': [
    'ai.generateText.doGenerate: call; failed; stated stage Decision Making; order 596471064624628269',
    'ai.generateText: wrapper; failed; stated stage Decision Making; order 596471064624628269',
    'trade-cycle: -',
  ],
  'ai@5.0.277-image': [
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content+leftOut]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.generateText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content+leftOut]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'ai@5.0.277-object': [
    'ai.generateObject.doGenerate: call; function stage decide-trade; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.generateObject: wrapper; function stage decide-trade; LOG gpt-5; in system[content] user[content]; out action; because {"action":"buy"}',
    'trade-cycle: -',
  ],
  'ai@5.0.277-stream': [
    'ai.streamText.doStream: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.streamText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'ai@5.0.277-tools': [
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out toolCalls; derived The model called get_pos…',
    'ai.toolCall: tool; stated stage Decision Making; order 596471064624628269; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content] assistant[reasoning+toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.generateText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'ai@6.0.326-content-off': [
    'ai.generateText.doGenerate: call; no-content; stated stage Decision Making; order 596471064624628269; (content-off-ai_sdk)',
    'ai.generateText: wrapper; no-content; stated stage Decision Making; order 596471064624628269',
    'trade-cycle: -',
  ],
  'ai@6.0.326-failed': [
    'ai.generateText.doGenerate: call; failed; stated stage Decision Making; order 596471064624628269',
    'ai.generateText: wrapper; failed; stated stage Decision Making; order 596471064624628269',
    'trade-cycle: -',
  ],
  'ai@6.0.326-image': [
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content+leftOut]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'ai.generateText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content+leftOut]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'ai@6.0.326-object': [
    'ai.generateObject.doGenerate: call; function stage decide-trade; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.generateObject: wrapper; function stage decide-trade; LOG gpt-5; in system[content] user[content]; out action; because {"action":"buy"}',
    'trade-cycle: -',
  ],
  'ai@6.0.326-stream': [
    'ai.streamText.doStream: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'ai.streamText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'ai@6.0.326-tools': [
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out toolCalls; because RSI 28 on the 1h is over…',
    'ai.toolCall: tool; stated stage Decision Making; order 596471064624628269; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content] assistant[reasoning+toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'ai.generateText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'ai@7.0.173-both': [
    'chat gpt-5: call; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'step 1: context; stated stage Decision Making; order 596471064624628269',
    'ai.generateText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'invoke_agent gpt-5: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'ai@7.0.173-legacy-decide': [
    'ai.decide.doDecide: call; function stage decide-trade; LOG decider-1; in state,questions; out action; because {"action":{"type":"choic…',
    'ai.decide: wrapper; function stage decide-trade; LOG decider-1; in state,questions; out action; because {"action":{"type":"choic…',
    'trade-cycle: -',
  ],
  'ai@7.0.173-legacy-tools': [
    'ai.toolCall: tool; stated stage Decision Making; order 596471064624628269; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out toolCalls; because RSI 28 on the 1h is over…',
    'ai.generateText.doGenerate: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content] assistant[reasoning+toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'ai.generateText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence,toolCalls; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'ai@7.0.173-otel-content-off': [
    'chat gpt-5: call; no-content; (content-off-ai_sdk)',
    'step 1: context; stated stage Decision Making; order 596471064624628269',
    'invoke_agent gpt-5: wrapper; no-content; stated stage Decision Making; order 596471064624628269',
    'trade-cycle: -',
  ],
  'ai@7.0.173-otel-decide': [
    'decide decider-1: call; LOG decider-1-2026-08-06; in state,questions; out action; because {"action":{"type":"choic…',
    'decide decider-1: call; LOG decider-1; in state,questions; out action; because {"action":{"type":"choic…',
    'trade-cycle: -',
  ],
  'ai@7.0.173-otel-object': [
    'chat gpt-5: call; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'invoke_agent gpt-5: wrapper; function stage decide-trade; LOG gpt-5; in system[content] user[content]; out action; because {"action":"buy"}',
    'trade-cycle: -',
  ],
  'ai@7.0.173-otel-stream': [
    'chat gpt-5: call; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'step 1: context; stated stage Decision Making; order 596471064624628269',
    'invoke_agent gpt-5: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'ai@7.0.173-otel-tools': [
    'chat gpt-5: call; LOG gpt-5-2025-08-07; in system[content] user[content]; out toolCalls; because RSI 28 on the 1h is over…',
    'execute_tool get_position: tool; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'step 1: context; stated stage Decision Making; order 596471064624628269',
    'chat gpt-5: call; LOG gpt-5-2025-08-07; in system[content] user[content] assistant[reasoning+toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'step 2: context; stated stage Decision Making; order 596471064624628269',
    'invoke_agent gpt-5: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence,toolCalls,toolResults; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'anthropic-sdk@1.12.0-content': [
    'anthropic.messages.create: call; LOG claude-opus-5-20260801; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'anthropic-sdk@1.12.0-failed': ['anthropic.messages.create: call; failed', 'trade-cycle: -'],
  'anthropic-sdk@1.12.0-metadata-only': [
    'anthropic.messages.create: call; no-content; (content-off-anthropic)',
    'trade-cycle: -',
  ],
  'anthropic-sdk@1.12.0-other-calls': [
    'anthropic.models.list: none',
    'anthropic.messages.count_tokens: none',
    'trade-cycle: -',
  ],
  'anthropic-sdk@1.12.0-stream-helper': [
    'anthropic.messages.create: call; LOG claude-opus-5-20260801; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'anthropic-sdk@1.12.0-stream': [
    'anthropic.messages.create: call; no-content; (content-off-anthropic)',
    'trade-cycle: -',
  ],
  'anthropic-sdk@1.12.0-tool-call': [
    'anthropic.messages.create: call; LOG claude-opus-5-20260801; in system[content] user[content]; out toolCalls; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'langfuse@4.6.1-chat-stream': [
    'OpenAI.chat: call; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'risk-agent: wrapper; span-name stage risk-agent; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'langfuse@4.6.1-chat-tool-call': [
    'OpenAI.chat: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out toolCalls; derived The model called get_pos…',
    'risk-agent: wrapper; span-name stage risk-agent; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'langfuse@4.6.1-chat': [
    'OpenAI.chat: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'risk-agent: wrapper; span-name stage risk-agent; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'langfuse@4.6.1-failed': [
    'OpenAI.chat: call; failed',
    'risk-agent: wrapper; span-name stage risk-agent; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'langfuse@4.6.1-manual': [
    'decide-manual: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'get_position: tool; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'explain: call; span-name stage explain; LOG gpt-5; in prompt; out text; because RSI 28 on the 1h is over…',
    'risk-agent: wrapper; span-name stage risk-agent; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'langfuse@4.6.1-responses': [
    'OpenAI.responses: call; LOG gpt-5-2026-08-06; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'risk-agent: wrapper; span-name stage risk-agent; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'langfuse@5.11.1-chat-stream': [
    'OpenAI.chat: call; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'risk-agent: wrapper; span-name stage risk-agent; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'langfuse@5.11.1-chat-tool-call': [
    'OpenAI.chat: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out toolCalls; derived The model called get_pos…',
    'risk-agent: wrapper; span-name stage risk-agent; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'langfuse@5.11.1-chat': [
    'OpenAI.chat: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'risk-agent: wrapper; span-name stage risk-agent; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'langfuse@5.11.1-failed': [
    'OpenAI.chat: call; failed',
    'risk-agent: wrapper; span-name stage risk-agent; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'langfuse@5.11.1-manual': [
    'decide-manual: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'get_position: tool; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'explain: call; span-name stage explain; LOG gpt-5; in prompt; out text; because RSI 28 on the 1h is over…',
    'risk-agent: wrapper; span-name stage risk-agent; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'langfuse@5.11.1-responses': [
    'OpenAI.responses: call; LOG gpt-5-2026-08-06; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'risk-agent: wrapper; span-name stage risk-agent; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'langsmith@0.12.0-chat-tool-call': [
    'get_position: tool; stated stage Decision Making; order 596471064624628269; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'ChatOpenAI: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2026-08-06; in system[content] user[content]; out toolCalls; derived The model called get_pos…',
    'trade-cycle: context; stated stage Decision Making; order 596471064624628269',
  ],
  'langsmith@0.12.0-chat': [
    'get_position: tool; stated stage Decision Making; order 596471064624628269; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'ChatOpenAI: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: context; stated stage Decision Making; order 596471064624628269',
  ],
  'langsmith@0.12.0-failed': [
    'get_position: tool; stated stage Decision Making; order 596471064624628269; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'ChatOpenAI: call; failed; stated stage Decision Making; order 596471064624628269',
    'trade-cycle: context; stated stage Decision Making; order 596471064624628269',
  ],
  'langsmith@0.12.0-responses': [
    'get_position: tool; stated stage Decision Making; order 596471064624628269; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'ChatOpenAI: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: context; stated stage Decision Making; order 596471064624628269',
  ],
  'mastra@1.0.3-agent-tools': [
    'model_chunk risk-agent: none',
    'model_chunk risk-agent: none',
    'execute_tool get_position: tool; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'model_chunk risk-agent: none',
    'model_step risk-agent: none',
    'model_chunk risk-agent: none',
    'model_chunk risk-agent: none',
    'model_step risk-agent: none',
    'chat gpt-5: call; function stage risk-agent; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'invoke_agent risk-agent: wrapper; stated stage Decision Making; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'mastra@1.0.3-agent': [
    'model_chunk risk-agent: none',
    'model_chunk risk-agent: none',
    'model_step risk-agent: none',
    'chat gpt-5: call; function stage risk-agent; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'invoke_agent risk-agent: wrapper; stated stage Decision Making; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'mastra@1.4.0-agent-tools': [
    'model_chunk risk-agent: context; stated stage Decision Making; order 596471064624628269',
    'model_chunk risk-agent: context; stated stage Decision Making; order 596471064624628269',
    'execute_tool get_position: tool; stated stage Decision Making; order 596471064624628269; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'model_chunk risk-agent: context; stated stage Decision Making; order 596471064624628269',
    'chat gpt-5: context; stated stage Decision Making; order 596471064624628269',
    'agent_step risk-agent: context; stated stage Decision Making; order 596471064624628269',
    'model_chunk risk-agent: context; stated stage Decision Making; order 596471064624628269',
    'model_chunk risk-agent: context; stated stage Decision Making; order 596471064624628269',
    'chat gpt-5: context; stated stage Decision Making; order 596471064624628269',
    'agent_step risk-agent: context; stated stage Decision Making; order 596471064624628269',
    'model_generation gpt-5: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence,toolCalls; because RSI 28 on the 1h is over…',
    'invoke_agent risk-agent: wrapper; stated stage Decision Making; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'mastra@1.4.0-agent': [
    'model_chunk risk-agent: context; stated stage Decision Making; order 596471064624628269',
    'model_chunk risk-agent: context; stated stage Decision Making; order 596471064624628269',
    'chat gpt-5: context; stated stage Decision Making; order 596471064624628269',
    'agent_step risk-agent: context; stated stage Decision Making; order 596471064624628269',
    'model_generation gpt-5: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'invoke_agent risk-agent: wrapper; stated stage Decision Making; order 596471064624628269; LOG no model; in prompt; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
  ],
  'openinference-anthropic@0.2.8-alone-stream': [
    'Anthropic Messages: call; LOG claude-opus-5-20260801; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-anthropic@0.2.8-alone-tool-call': [
    'Anthropic Messages: call; LOG claude-opus-5-20260801; in system[content] user[content]; out toolCalls; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-anthropic@0.2.8-over-native-content': [
    'Anthropic Messages: call; LOG claude-opus-5-20260801; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'anthropic.messages.create: call; LOG claude-opus-5-20260801; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-anthropic@0.2.8-over-native-metadata': [
    'Anthropic Messages: call; LOG claude-opus-5-20260801; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'anthropic.messages.create: call; no-content; (content-off-anthropic)',
    'trade-cycle: -',
  ],
  'openinference-langchain@4.1.1-chain': [
    'ChatPromptTemplate: none',
    'ChatOpenAI: call; LOG gpt-4o; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'RunnableSequence: none',
    'trade-cycle: -',
  ],
  'openinference-langchain@4.1.1-langgraph': [
    '__start__: context; stated stage Decision Making; order 596471064624628269',
    'ChatOpenAI: call; stated stage Decision Making; order 596471064624628269; LOG gpt-4o; in system[content] user[content]; out toolCalls; derived The model called get_pos…',
    'RunnableLambda: context; stated stage Decision Making; order 596471064624628269',
    'decide: context; stated stage Decision Making; order 596471064624628269',
    'get_position: tool; stated stage Decision Making; order 596471064624628269; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'tools: context; stated stage Decision Making; order 596471064624628269',
    'ChatOpenAI: call; stated stage Decision Making; order 596471064624628269; LOG gpt-4o; in system[content] user[content] assistant[toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'RunnableLambda: context; stated stage Decision Making; order 596471064624628269',
    'decide: context; stated stage Decision Making; order 596471064624628269',
    'LangGraph: context; stated stage Decision Making; order 596471064624628269',
    'trade-cycle: -',
  ],
  'openinference-langchain@4.1.1-responses': [
    'ChatOpenAI: call; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-openai-agents@0.2.15-chat': [
    'generation: call; LOG gpt-5; in system[content] user[content]; out toolCalls; derived The model called get_pos…',
    'get_position: tool; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'turn: none',
    'generation: call; LOG gpt-5; in system[content] user[content] assistant[toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'turn: none',
    'Decision Agent: wrapper; no-content; function stage Decision Agent',
    'Agent workflow: none',
    'Agent workflow: wrapper; LOG no model; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'openinference-openai-agents@0.2.15-responses': [
    'response: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out toolCalls; because RSI 28 on the 1h is over…',
    'get_position: tool; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'turn: none',
    'response: call; LOG gpt-5-2026-08-06; in system[content] user[content] ?[content] assistant[toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'turn: none',
    'Decision Agent: wrapper; no-content; function stage Decision Agent',
    'Agent workflow: none',
    'Agent workflow: wrapper; LOG no model; in user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'openinference-openai@2.3.1-chat-after-tool': [
    'OpenAI Chat Completions: call; LOG gpt-5-2026-08-06; in system[content] user[content] assistant[toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-openai@2.3.1-chat-choices': [
    'OpenAI Chat Completions: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-openai@2.3.1-chat-image': [
    'OpenAI Chat Completions: call; LOG gpt-5-2026-08-06; in user[content+leftOut]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-openai@2.3.1-chat-stream': [
    'OpenAI Chat Completions: call; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'openinference-openai@2.3.1-chat-tool-call': [
    'OpenAI Chat Completions: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out toolCalls; derived The model called get_pos…',
    'trade-cycle: -',
  ],
  'openinference-openai@2.3.1-chat': [
    'OpenAI Chat Completions: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-openai@2.3.1-embeddings-and-failed': ['OpenAI Embeddings: none', 'trade-cycle: -'],
  'openinference-openai@2.3.1-responses': [
    'OpenAI Responses: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-openai@4.2.7-chat-after-tool': [
    'OpenAI Chat Completions: call; LOG gpt-5-2026-08-06; in system[content] user[content] assistant[toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-openai@4.2.7-chat-choices': [
    'OpenAI Chat Completions: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-openai@4.2.7-chat-image': [
    'OpenAI Chat Completions: call; LOG gpt-5-2026-08-06; in user[content+leftOut]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-openai@4.2.7-chat-long': [
    'OpenAI Chat Completions: call; attribute-limit; (attributes-dropped)',
    'trade-cycle: -',
  ],
  'openinference-openai@4.2.7-chat-stream': [
    'OpenAI Chat Completions: call; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'openinference-openai@4.2.7-chat-tool-call': [
    'OpenAI Chat Completions: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out toolCalls; derived The model called get_pos…',
    'trade-cycle: -',
  ],
  'openinference-openai@4.2.7-chat': [
    'OpenAI Chat Completions: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-openai@4.2.7-embeddings-and-failed': ['OpenAI Embeddings: none', 'trade-cycle: -'],
  'openinference-openai@4.2.7-hidden': [
    'OpenAI Chat Completions: call; redacted; (content-off-openinference)',
  ],
  'openinference-openai@4.2.7-responses': [
    'OpenAI Responses: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-vercel@2.8.1-object': [
    'ai.generateObject.doGenerate decide-trade: call; function stage decide-trade; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'ai.generateObject decide-trade: wrapper; function stage decide-trade; LOG gpt-5; in system[content] user[content]; out action; because {"action":"buy"}',
    'trade-cycle: -',
  ],
  'openinference-vercel@2.8.1-stream': [
    'ai.streamText.doStream: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'ai.streamText: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-vercel@2.8.1-tools': [
    'ai.generateText.doGenerate decide-trade: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out toolCalls; because RSI 28 on the 1h is over…',
    'ai.toolCall decide-trade: tool; stated stage Decision Making; order 596471064624628269; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'ai.generateText.doGenerate decide-trade: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content] assistant[reasoning+toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'ai.generateText decide-trade: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'openinference-vercel@3.2.1-tools': [
    'chat gpt-5: call; LOG gpt-5-2025-08-07; in system[content] user[content]; out toolCalls; because RSI 28 on the 1h is over…',
    'execute_tool get_position: tool; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'step 1: none',
    'chat gpt-5: call; LOG gpt-5-2025-08-07; in system[content] user[content] assistant[reasoning+toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'step 2: none',
    'invoke_agent gpt-5: wrapper; function stage decide-trade; LOG gpt-5; in system[content] user[content]; out action,symbol,size,stop,confidence,toolCalls,toolResults; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'otel-openai@0.22.0-chat-after-tool': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in system[content] user[content] assistant[toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'otel-openai@0.22.0-chat-choices': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out choices; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'otel-openai@0.22.0-chat-image': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'otel-openai@0.22.0-chat-stream': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'otel-openai@0.22.0-chat-tool-call': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out toolCalls; derived The model called get_pos…',
    'trade-cycle: -',
  ],
  'otel-openai@0.22.0-chat': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'otel-openai@0.22.0-content-off': ['chat gpt-5: call; no-content; (content-off-gen_ai)', 'trade-cycle: -'],
  'otel-openai@0.22.0-embeddings-and-failed': [
    'embeddings text-embedding-3-small: none',
    'chat broken: call; failed',
    'trade-cycle: -',
  ],
  'otel-openai@0.22.0-responses': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'traceloop-anthropic@0.14.6-messages': [
    'anthropic.chat: call; LOG claude-opus-5-20260801; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'traceloop-anthropic@0.27.0-messages': [
    'chat claude-opus-5: call; LOG claude-opus-5-20260801; in system[content] user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'trade-cycle: -',
  ],
  'traceloop-openai@0.14.6-chat-after-tool': [
    'openai.chat: call; LOG gpt-5-2026-08-06; in system[content] user[content] assistant[] tool[toolResults]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'traceloop-openai@0.14.6-chat-choices': [
    'openai.chat: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out choices; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'traceloop-openai@0.14.6-chat-image': [
    'openai.chat: call; LOG gpt-5-2026-08-06; in user[content+leftOut]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'traceloop-openai@0.14.6-chat-stream': [
    'openai.chat: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'traceloop-openai@0.14.6-chat-tool-call': [
    'openai.chat: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out toolCalls; derived The model called get_pos…',
    'trade-cycle: -',
  ],
  'traceloop-openai@0.14.6-chat': [
    'openai.chat: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'traceloop-openai@0.14.6-embeddings-and-failed': ['trade-cycle: -'],
  'traceloop-openai@0.14.6-responses': ['trade-cycle: -'],
  'traceloop-openai@0.27.0-chat-after-tool': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in system[content] user[content] assistant[toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'traceloop-openai@0.27.0-chat-choices': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'traceloop-openai@0.27.0-chat-image': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in user[content+leftOut]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'traceloop-openai@0.27.0-chat-stream': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'traceloop-openai@0.27.0-chat-tool-call': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out toolCalls; derived The model called get_pos…',
    'trade-cycle: -',
  ],
  'traceloop-openai@0.27.0-chat': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'traceloop-openai@0.27.0-embeddings-and-failed': ['trade-cycle: -'],
  'traceloop-openai@0.27.0-responses': [
    'chat gpt-5: call; LOG gpt-5-2026-08-06; in user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'trade-cycle: -',
  ],
  'traceloop-sdk@0.27.0-ai-object': [
    'chat gpt-5: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'chat gpt-5: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in user[content]; out action; because {"action":"buy"}',
    'decide.task: context; stated stage Decision Making; order 596471064624628269',
    'trade-cycle.workflow: context; function stage trade-cycle',
  ],
  'traceloop-sdk@0.27.0-ai-tools': [
    'chat gpt-5: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content]; out toolCalls; because RSI 28 on the 1h is over…',
    'execute_tool get_position: tool; stated stage Decision Making; order 596471064624628269; tool get_position gave {"symbol":"BTCUSDT","siz…',
    'chat gpt-5: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2025-08-07; in system[content] user[content] assistant[reasoning+toolCalls] tool[toolResults]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'chat gpt-5: wrapper; stated stage Decision Making; order 596471064624628269; LOG gpt-5; in user[content]; out action,symbol,size,stop,confidence; because RSI 28 on the 1h is over…',
    'decide.task: context; stated stage Decision Making; order 596471064624628269',
    'trade-cycle.workflow: context; function stage trade-cycle',
  ],
  'traceloop-sdk@0.27.0-openai-chat': [
    'chat gpt-5: call; stated stage Decision Making; order 596471064624628269; LOG gpt-5-2026-08-06; in system[content] user[content]; out action,symbol,size,stop,confidence; because {"action":"buy","symbol"…',
    'decide.task: context; stated stage Decision Making; order 596471064624628269',
    'trade-cycle.workflow: context; function stage trade-cycle',
  ],
};
