import type { EntryDraft } from '../../src/entry/entry-draft.js';
import { entriesOf } from '../assembly/captured-entries.js';
import { captureFiles, readCapture } from './captured-spans.js';

/** How each captured library is called, and what it needs so that its spans hold messages. */
const LIBRARIES: Readonly<Record<string, readonly [name: string, content: string]>> = {
  ai: [
    'Vercel AI SDK',
    'on; up to 6 with `experimental_telemetry: { isEnabled: true }` on each call, 7 after `registerTelemetry(new OpenTelemetry())`',
  ],
  'anthropic-sdk': [
    'Anthropic SDK, its own spans',
    '`ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE=content`; streams by `messages.stream()`',
  ],
  langfuse: ['Langfuse', 'on'],
  langsmith: [
    'LangSmith, OpenTelemetry mode',
    'on, unless `LANGSMITH_HIDE_INPUTS` or `LANGSMITH_HIDE_OUTPUTS` is set',
  ],
  mastra: ['Mastra, `@mastra/otel-exporter`', 'on'],
  'openinference-anthropic': [
    'OpenInference for `@anthropic-ai/sdk`',
    'on, unless `OPENINFERENCE_HIDE_*` is set',
  ],
  'openinference-langchain': [
    'OpenInference for LangChain and LangGraph',
    'on, unless `OPENINFERENCE_HIDE_*` is set',
  ],
  'openinference-openai': ['OpenInference for `openai`', 'on, unless `OPENINFERENCE_HIDE_*` is set'],
  'openinference-openai-agents': [
    'OpenInference for the OpenAI Agents SDK',
    'on, unless `OPENINFERENCE_HIDE_*` is set',
  ],
  'openinference-vercel': ['OpenInference over the Vercel AI SDK', 'as the AI SDK'],
  'otel-openai': [
    '`@opentelemetry/instrumentation-openai`',
    '`OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true` and a `WeexLogRecordProcessor`: the messages are log records',
  ],
  'traceloop-anthropic': [
    'OpenLLMetry for `@anthropic-ai/sdk`',
    'on, unless `TRACELOOP_TRACE_CONTENT=false`',
  ],
  'traceloop-openai': ['OpenLLMetry for `openai`', 'on, unless `TRACELOOP_TRACE_CONTENT=false`'],
  'traceloop-sdk': ['Traceloop SDK', 'on, unless `TRACELOOP_TRACE_CONTENT=false`'],
};

/** What the fake models of all captures say when they think. */
const REASONING = 'RSI 28 on the 1h is oversold';

interface Row {
  captures: number;
  spans: number;
  entries: number;
  readonly explanations: Map<string, number>;
  readonly orders: Map<string, number>;
  readonly notSent: Map<string, number>;
}

/** A table in Markdown: libraries, versions, and what becomes of their spans, by the fixtures. */
export function vocabulariesTable(): string {
  const rows = new Map<string, Row>();
  for (const file of captureFiles()) {
    const [, key = ''] = /^(.*@[\d.]+?)-/.exec(file) ?? [];
    const row = rows.get(key) ?? emptyRow();
    rows.set(key, row);
    row.captures += 1;
    for (const { facts, decision } of entriesOf(readCapture(file))) {
      row.spans += 1;
      if (facts === undefined) continue;
      if (decision?.kind !== 'release') {
        const reason = decision?.kind === 'skip' ? decision.reason : facts.notLoggable;
        if (reason !== undefined) count(row.notSent, reason);
        continue;
      }
      row.entries += 1;
      count(row.explanations, kindOfExplanation(facts.draft));
      if (decision.orderId !== undefined)
        count(
          row.orders,
          facts.orders.kind === 'ids' || decision.link?.reason.startsWith('stated')
            ? 'stated'
            : 'a tool’s result',
        );
    }
  }
  const header = [
    'library',
    'version',
    'captures',
    'spans',
    'entries',
    'explained by',
    'order from',
    'not sent',
    'content',
  ];
  return [header, header.map(() => '---'), ...[...rows].map(([key, row]) => cellsOf(key, row))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

const emptyRow = (): Row => ({
  captures: 0,
  spans: 0,
  entries: 0,
  explanations: new Map(),
  orders: new Map(),
  notSent: new Map(),
});

const count = (of: Map<string, number>, key: string): void => {
  of.set(key, (of.get(key) ?? 0) + 1);
};

function kindOfExplanation(draft: EntryDraft | undefined): string {
  if (draft === undefined || draft.explanationDerived) return 'the tool call';
  return draft.explanation?.includes(REASONING) ? 'reasoning' : 'the answer';
}

function cellsOf(key: string, { captures, spans, entries, explanations, orders, notSent }: Row): string[] {
  const [, library = '', version = ''] = /^(.*)@(.*)$/.exec(key) ?? [];
  const info = LIBRARIES[library];
  if (info === undefined) throw new Error(`${library} has no line in LIBRARIES`);
  const [name, content] = info;
  return [
    name,
    version,
    String(captures),
    String(spans),
    String(entries),
    listed(explanations),
    listed(orders),
    listed(notSent),
    content,
  ];
}

const listed = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, times]) => `${key} ${times}`)
    .join(', ') || '-';
