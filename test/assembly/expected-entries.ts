/**
 * What becomes of each captured span, in the form of `outcomeLine`: an entry, with whose order, or why not. Spans of the
 * bot's own are left out. Checked by a person against the trees that the libraries made.
 */
export const EXPECTED_ENTRIES: Readonly<Record<string, readonly string[]>> = {
  'ai@3.4.33-content-off': ['ai.generateText.doGenerate: no-content', 'ai.generateText: no-content'],
  'ai@3.4.33-failed': ['ai.generateText.doGenerate: failed', 'ai.generateText: failed'],
  'ai@3.4.33-image': [
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.generateText: not sent, wrapper',
  ],
  'ai@3.4.33-object': [
    'ai.generateObject.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order none',
    'ai.generateObject: not sent, wrapper',
  ],
  'ai@3.4.33-stream': [
    'ai.streamText.doStream: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.streamText: not sent, wrapper',
  ],
  'ai@3.4.33-tools': [
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.toolCall: tool',
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.generateText: not sent, wrapper',
  ],
  'ai@3.4.33-trade': [
    'ai.generateText.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order 596471064624628269',
    'ai.toolCall: tool',
    'ai.generateText.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order 596471064624628269',
    'ai.toolCall: tool',
    'ai.generateText.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order none that is surely its own',
    'ai.generateText: not sent, wrapper',
  ],
  'ai@4.3.19-content-off': ['ai.generateText.doGenerate: no-content', 'ai.generateText: no-content'],
  'ai@4.3.19-failed': ['ai.generateText.doGenerate: failed', 'ai.generateText: failed'],
  'ai@4.3.19-image': [
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.generateText: not sent, wrapper',
  ],
  'ai@4.3.19-object': [
    'ai.generateObject.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order none',
    'ai.generateObject: not sent, wrapper',
  ],
  'ai@4.3.19-stream': [
    'ai.streamText.doStream: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.streamText: not sent, wrapper',
  ],
  'ai@4.3.19-tools': [
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.toolCall: tool',
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.generateText: not sent, wrapper',
  ],
  'ai@4.3.19-trade': [
    'ai.generateText.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order 596471064624628269',
    'ai.toolCall: tool',
    'ai.generateText.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order 596471064624628269',
    'ai.toolCall: tool',
    'ai.generateText.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order none that is surely its own',
    'ai.generateText: not sent, wrapper',
  ],
  'ai@5.0.277-content-off': ['ai.generateText.doGenerate: no-content', 'ai.generateText: no-content'],
  'ai@5.0.277-failed': ['ai.generateText.doGenerate: failed', 'ai.generateText: failed'],
  'ai@5.0.277-image': [
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.generateText: not sent, wrapper',
  ],
  'ai@5.0.277-object': [
    'ai.generateObject.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order none',
    'ai.generateObject: not sent, wrapper',
  ],
  'ai@5.0.277-stream': [
    'ai.streamText.doStream: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.streamText: not sent, wrapper',
  ],
  'ai@5.0.277-tools': [
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.toolCall: tool',
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.generateText: not sent, wrapper',
  ],
  'ai@5.0.277-trade': [
    'ai.generateText.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order 596471064624628269',
    'ai.toolCall: tool',
    'ai.generateText.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order 596471064624628269',
    'ai.toolCall: tool',
    'ai.generateText.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order none that is surely its own',
    'ai.generateText: not sent, wrapper',
  ],
  'ai@6.0.326-content-off': ['ai.generateText.doGenerate: no-content', 'ai.generateText: no-content'],
  'ai@6.0.326-failed': ['ai.generateText.doGenerate: failed', 'ai.generateText: failed'],
  'ai@6.0.326-image': [
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.generateText: not sent, wrapper',
  ],
  'ai@6.0.326-object': [
    'ai.generateObject.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order none',
    'ai.generateObject: not sent, wrapper',
  ],
  'ai@6.0.326-stream': [
    'ai.streamText.doStream: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.streamText: not sent, wrapper',
  ],
  'ai@6.0.326-tools': [
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.toolCall: tool',
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.generateText: not sent, wrapper',
  ],
  'ai@6.0.326-trade': [
    'ai.generateText.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order 596471064624628269',
    'ai.toolCall: tool',
    'ai.generateText.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order 596471064624628269',
    'ai.toolCall: tool',
    'ai.generateText.doGenerate: SENT as decide-trade of gpt-5-2025-08-07, order none that is surely its own',
    'ai.generateText: not sent, wrapper',
  ],
  'ai@7.0.173-both': [
    'chat gpt-5: not sent, same-response',
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'step 1: context',
    'ai.generateText: not sent, wrapper',
    'invoke_agent gpt-5: not sent, wrapper',
  ],
  'ai@7.0.173-legacy-decide': [
    'ai.decide.doDecide: SENT as decide-trade of decider-1, order none',
    'ai.decide: not sent, wrapper',
  ],
  'ai@7.0.173-legacy-tools': [
    'ai.toolCall: tool',
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.generateText.doGenerate: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.generateText: not sent, wrapper',
  ],
  'ai@7.0.173-otel-content-off': [
    'chat gpt-5: no-content',
    'step 1: context',
    'invoke_agent gpt-5: no-content',
  ],
  'ai@7.0.173-otel-decide': [
    'decide decider-1: SENT as Decision Making of decider-1-2026-08-06, order none',
    'decide decider-1: not sent, inner-call-kept',
  ],
  'ai@7.0.173-otel-object': [
    'chat gpt-5: SENT as decide-trade of gpt-5-2025-08-07, order none',
    'invoke_agent gpt-5: not sent, wrapper',
  ],
  'ai@7.0.173-otel-stream': [
    'chat gpt-5: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'step 1: context',
    'invoke_agent gpt-5: not sent, wrapper',
  ],
  'ai@7.0.173-otel-tools': [
    'chat gpt-5: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'execute_tool get_position: tool',
    'step 1: context',
    'chat gpt-5: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'step 2: context',
    'invoke_agent gpt-5: not sent, wrapper',
  ],
  'ai@7.0.173-otel-trade': [
    'chat gpt-5: SENT as decide-trade of gpt-5-2025-08-07, order none that is surely its own',
    'execute_tool get_position: tool',
    'step 1: none',
    'chat gpt-5: SENT as decide-trade of gpt-5-2025-08-07, order 596471064624628269',
    'execute_tool place_order: tool',
    'step 2: none',
    'chat gpt-5: SENT as decide-trade of gpt-5-2025-08-07, order none that is surely its own',
    'step 3: none',
    'invoke_agent gpt-5: not sent, wrapper',
  ],
  'anthropic-sdk@1.12.0-content': [
    'anthropic.messages.create: SENT as Decision Making of claude-opus-5-20260801, order none',
  ],
  'anthropic-sdk@1.12.0-failed': ['anthropic.messages.create: failed'],
  'anthropic-sdk@1.12.0-metadata-only': ['anthropic.messages.create: no-content'],
  'anthropic-sdk@1.12.0-other-calls': [
    'anthropic.models.list: none',
    'anthropic.messages.count_tokens: none',
  ],
  'anthropic-sdk@1.12.0-stream-helper': [
    'anthropic.messages.create: SENT as Decision Making of claude-opus-5-20260801, order none',
  ],
  'anthropic-sdk@1.12.0-stream': ['anthropic.messages.create: no-content'],
  'anthropic-sdk@1.12.0-tool-call': [
    'anthropic.messages.create: SENT as Decision Making of claude-opus-5-20260801, order none',
  ],
  'anthropic-sdk@1.12.0-tool-runner-trade': [
    'anthropic.messages.create: SENT as Decision Making of claude-opus-5-20260801, order 596471064624628269',
    'anthropic.custom_tool_use get_position: tool',
    'anthropic.messages.create: SENT as Decision Making of claude-opus-5-20260801, order 596471064624628269',
    'anthropic.custom_tool_use place_order: tool',
    'anthropic.messages.create: SENT as Decision Making of claude-opus-5-20260801, order none that is surely its own',
    'anthropic.messages.tool_runner: no-content',
  ],
  'langfuse@4.6.1-chat-stream': [
    'OpenAI.chat: SENT as risk-agent of gpt-5, order 596471064624628269',
    'risk-agent: not sent, wrapper',
  ],
  'langfuse@4.6.1-chat-tool-call': [
    'OpenAI.chat: SENT as risk-agent of gpt-5-2026-08-06, order 596471064624628269',
    'risk-agent: not sent, wrapper',
  ],
  'langfuse@4.6.1-chat': [
    'OpenAI.chat: SENT as risk-agent of gpt-5-2026-08-06, order 596471064624628269',
    'risk-agent: not sent, wrapper',
  ],
  'langfuse@4.6.1-failed': [
    'OpenAI.chat: failed',
    'risk-agent: SENT as risk-agent of broken, order 596471064624628269',
  ],
  'langfuse@4.6.1-manual': [
    'decide-manual: SENT as Decision Making of gpt-5, order 596471064624628269',
    'get_position: tool',
    'explain: SENT as explain of gpt-5, order 596471064624628269',
    'risk-agent: not sent, wrapper',
  ],
  'langfuse@4.6.1-responses': [
    'OpenAI.responses: SENT as risk-agent of gpt-5-2026-08-06, order 596471064624628269',
    'risk-agent: not sent, wrapper',
  ],
  'langfuse@5.11.1-chat-stream': [
    'OpenAI.chat: SENT as risk-agent of gpt-5, order 596471064624628269',
    'risk-agent: not sent, wrapper',
  ],
  'langfuse@5.11.1-chat-tool-call': [
    'OpenAI.chat: SENT as risk-agent of gpt-5-2026-08-06, order 596471064624628269',
    'risk-agent: not sent, wrapper',
  ],
  'langfuse@5.11.1-chat': [
    'OpenAI.chat: SENT as risk-agent of gpt-5-2026-08-06, order 596471064624628269',
    'risk-agent: not sent, wrapper',
  ],
  'langfuse@5.11.1-failed': [
    'OpenAI.chat: failed',
    'risk-agent: SENT as risk-agent of broken, order 596471064624628269',
  ],
  'langfuse@5.11.1-manual': [
    'decide-manual: SENT as Decision Making of gpt-5, order 596471064624628269',
    'get_position: tool',
    'explain: SENT as explain of gpt-5, order 596471064624628269',
    'risk-agent: not sent, wrapper',
  ],
  'langfuse@5.11.1-responses': [
    'OpenAI.responses: SENT as risk-agent of gpt-5-2026-08-06, order 596471064624628269',
    'risk-agent: not sent, wrapper',
  ],
  'langsmith@0.12.0-chat-tool-call': [
    'get_position: tool',
    'ChatOpenAI: SENT as Decision Making of gpt-5-2026-08-06, order 596471064624628269',
    'trade-cycle: context',
  ],
  'langsmith@0.12.0-chat': [
    'get_position: tool',
    'ChatOpenAI: SENT as Decision Making of gpt-5-2026-08-06, order 596471064624628269',
    'trade-cycle: context',
  ],
  'langsmith@0.12.0-failed': ['get_position: tool', 'ChatOpenAI: failed', 'trade-cycle: context'],
  'langsmith@0.12.0-responses': [
    'get_position: tool',
    'ChatOpenAI: SENT as Decision Making of gpt-5-2026-08-06, order 596471064624628269',
    'trade-cycle: context',
  ],
  'mastra@1.0.3-agent-tools': [
    'model_chunk risk-agent: none',
    'model_chunk risk-agent: none',
    'execute_tool get_position: tool',
    'model_chunk risk-agent: none',
    'model_step risk-agent: none',
    'model_chunk risk-agent: none',
    'model_chunk risk-agent: none',
    'model_step risk-agent: none',
    'chat gpt-5: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'invoke_agent risk-agent: not sent, wrapper',
  ],
  'mastra@1.0.3-agent': [
    'model_chunk risk-agent: none',
    'model_chunk risk-agent: none',
    'model_step risk-agent: none',
    'chat gpt-5: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'invoke_agent risk-agent: not sent, wrapper',
  ],
  'mastra@1.4.0-agent-tools': [
    'model_chunk risk-agent: context',
    'model_chunk risk-agent: context',
    'execute_tool get_position: tool',
    'model_chunk risk-agent: context',
    'chat gpt-5: context',
    'agent_step risk-agent: context',
    'model_chunk risk-agent: context',
    'model_chunk risk-agent: context',
    'chat gpt-5: context',
    'agent_step risk-agent: context',
    'model_generation gpt-5: SENT as Decision Making of gpt-5, order 596471064624628269',
    'invoke_agent risk-agent: not sent, wrapper',
  ],
  'mastra@1.4.0-agent': [
    'model_chunk risk-agent: context',
    'model_chunk risk-agent: context',
    'chat gpt-5: context',
    'agent_step risk-agent: context',
    'model_generation gpt-5: SENT as Decision Making of gpt-5, order 596471064624628269',
    'invoke_agent risk-agent: not sent, wrapper',
  ],
  'openinference-anthropic@0.2.8-alone-stream': [
    'Anthropic Messages: SENT as Decision Making of claude-opus-5-20260801, order none',
  ],
  'openinference-anthropic@0.2.8-alone-tool-call': [
    'Anthropic Messages: SENT as Decision Making of claude-opus-5-20260801, order none',
  ],
  'openinference-anthropic@0.2.8-over-native-content': [
    'Anthropic Messages: not sent, inner-call-kept',
    'anthropic.messages.create: SENT as Decision Making of claude-opus-5-20260801, order none',
  ],
  'openinference-anthropic@0.2.8-over-native-metadata': [
    'Anthropic Messages: SENT as Decision Making of claude-opus-5-20260801, order none',
    'anthropic.messages.create: no-content',
  ],
  'openinference-langchain@4.1.1-chain': [
    'ChatPromptTemplate: none',
    'ChatOpenAI: SENT as Decision Making of gpt-4o, order none',
    'RunnableSequence: none',
  ],
  'openinference-langchain@4.1.1-langgraph-trade': [
    '__start__: none',
    'ChatOpenAI: SENT as decide of gpt-4o, order none that is surely its own',
    'RunnableLambda: context',
    'decide: context',
    'get_position: tool',
    'tools: none',
    'ChatOpenAI: SENT as decide of gpt-4o, order 596471064624628269',
    'RunnableLambda: context',
    'decide: context',
    'place_order: tool',
    'tools: none',
    'ChatOpenAI: SENT as decide of gpt-4o, order none that is surely its own',
    'RunnableLambda: context',
    'decide: context',
    'LangGraph: none',
  ],
  'openinference-langchain@4.1.1-langgraph': [
    '__start__: context',
    'ChatOpenAI: SENT as Decision Making of gpt-4o, order 596471064624628269',
    'RunnableLambda: context',
    'decide: context',
    'get_position: tool',
    'tools: context',
    'ChatOpenAI: SENT as Decision Making of gpt-4o, order 596471064624628269',
    'RunnableLambda: context',
    'decide: context',
    'LangGraph: context',
  ],
  'openinference-langchain@4.1.1-responses': ['ChatOpenAI: SENT as Decision Making of gpt-5, order none'],
  'openinference-openai-agents@0.2.15-chat': [
    'generation: SENT as Decision Agent of gpt-5, order none',
    'get_position: tool',
    'turn: none',
    'generation: SENT as Decision Agent of gpt-5, order none',
    'turn: none',
    'Decision Agent: no-content',
    'Agent workflow: none',
    'Agent workflow: not sent, wrapper',
  ],
  'openinference-openai-agents@0.2.15-responses': [
    'response: SENT as Decision Agent of gpt-5-2026-08-06, order none',
    'get_position: tool',
    'turn: none',
    'response: SENT as Decision Agent of gpt-5-2026-08-06, order none',
    'turn: none',
    'Decision Agent: no-content',
    'Agent workflow: none',
    'Agent workflow: not sent, wrapper',
  ],
  'openinference-openai@2.3.1-chat-after-tool': [
    'OpenAI Chat Completions: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'openinference-openai@2.3.1-chat-choices': [
    'OpenAI Chat Completions: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'openinference-openai@2.3.1-chat-image': [
    'OpenAI Chat Completions: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'openinference-openai@2.3.1-chat-stream': [
    'OpenAI Chat Completions: SENT as Decision Making of gpt-5, order none',
  ],
  'openinference-openai@2.3.1-chat-tool-call': [
    'OpenAI Chat Completions: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'openinference-openai@2.3.1-chat': [
    'OpenAI Chat Completions: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'openinference-openai@2.3.1-embeddings-and-failed': ['OpenAI Embeddings: none'],
  'openinference-openai@2.3.1-responses': [
    'OpenAI Responses: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'openinference-openai@4.2.7-chat-after-tool': [
    'OpenAI Chat Completions: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'openinference-openai@4.2.7-chat-choices': [
    'OpenAI Chat Completions: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'openinference-openai@4.2.7-chat-image': [
    'OpenAI Chat Completions: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'openinference-openai@4.2.7-chat-long': ['OpenAI Chat Completions: attribute-limit'],
  'openinference-openai@4.2.7-chat-stream': [
    'OpenAI Chat Completions: SENT as Decision Making of gpt-5, order none',
  ],
  'openinference-openai@4.2.7-chat-tool-call': [
    'OpenAI Chat Completions: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'openinference-openai@4.2.7-chat': [
    'OpenAI Chat Completions: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'openinference-openai@4.2.7-embeddings-and-failed': ['OpenAI Embeddings: none'],
  'openinference-openai@4.2.7-hidden': ['OpenAI Chat Completions: redacted'],
  'openinference-openai@4.2.7-responses': [
    'OpenAI Responses: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'openinference-vercel@2.8.1-object': [
    'ai.generateObject.doGenerate decide-trade: SENT as decide-trade of gpt-5-2025-08-07, order none',
    'ai.generateObject decide-trade: not sent, wrapper',
  ],
  'openinference-vercel@2.8.1-stream': [
    'ai.streamText.doStream: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.streamText: not sent, wrapper',
  ],
  'openinference-vercel@2.8.1-tools': [
    'ai.generateText.doGenerate decide-trade: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.toolCall decide-trade: tool',
    'ai.generateText.doGenerate decide-trade: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'ai.generateText decide-trade: not sent, wrapper',
  ],
  'openinference-vercel@3.2.1-tools': [
    'chat gpt-5: SENT as decide-trade of gpt-5-2025-08-07, order none',
    'execute_tool get_position: tool',
    'step 1: none',
    'chat gpt-5: SENT as decide-trade of gpt-5-2025-08-07, order none',
    'step 2: none',
    'invoke_agent gpt-5: not sent, wrapper',
  ],
  'otel-openai@0.22.0-chat-after-tool': [
    'chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'otel-openai@0.22.0-chat-choices': ['chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none'],
  'otel-openai@0.22.0-chat-image': ['chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none'],
  'otel-openai@0.22.0-chat-stream': ['chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none'],
  'otel-openai@0.22.0-chat-tool-call': [
    'chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'otel-openai@0.22.0-chat': ['chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none'],
  'otel-openai@0.22.0-content-off': ['chat gpt-5: no-content'],
  'otel-openai@0.22.0-embeddings-and-failed': [
    'embeddings text-embedding-3-small: none',
    'chat broken: failed',
  ],
  'otel-openai@0.22.0-responses': ['chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none'],
  'traceloop-anthropic@0.14.6-messages': [
    'anthropic.chat: SENT as Decision Making of claude-opus-5-20260801, order none',
  ],
  'traceloop-anthropic@0.27.0-messages': [
    'chat claude-opus-5: SENT as Decision Making of claude-opus-5-20260801, order none',
  ],
  'traceloop-openai@0.14.6-chat-after-tool': [
    'openai.chat: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'traceloop-openai@0.14.6-chat-choices': [
    'openai.chat: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'traceloop-openai@0.14.6-chat-image': [
    'openai.chat: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'traceloop-openai@0.14.6-chat-stream': [
    'openai.chat: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'traceloop-openai@0.14.6-chat-tool-call': [
    'openai.chat: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'traceloop-openai@0.14.6-chat': ['openai.chat: SENT as Decision Making of gpt-5-2026-08-06, order none'],
  'traceloop-openai@0.14.6-embeddings-and-failed': [],
  'traceloop-openai@0.14.6-responses': [],
  'traceloop-openai@0.27.0-chat-after-tool': [
    'chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'traceloop-openai@0.27.0-chat-choices': [
    'chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'traceloop-openai@0.27.0-chat-image': [
    'chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'traceloop-openai@0.27.0-chat-stream': [
    'chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'traceloop-openai@0.27.0-chat-tool-call': [
    'chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'traceloop-openai@0.27.0-chat': ['chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none'],
  'traceloop-openai@0.27.0-embeddings-and-failed': [],
  'traceloop-openai@0.27.0-responses': [
    'chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order none',
  ],
  'traceloop-sdk@0.27.0-ai-object': [
    'chat gpt-5: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'chat gpt-5: not sent, wrapper',
    'decide.task: context',
    'trade-cycle.workflow: context',
  ],
  'traceloop-sdk@0.27.0-ai-tools': [
    'chat gpt-5: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'execute_tool get_position: tool',
    'chat gpt-5: SENT as Decision Making of gpt-5-2025-08-07, order 596471064624628269',
    'chat gpt-5: not sent, wrapper',
    'decide.task: context',
    'trade-cycle.workflow: context',
  ],
  'traceloop-sdk@0.27.0-openai-chat': [
    'chat gpt-5: SENT as Decision Making of gpt-5-2026-08-06, order 596471064624628269',
    'decide.task: context',
    'trade-cycle.workflow: context',
  ],
};
