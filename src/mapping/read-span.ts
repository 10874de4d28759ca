import { stringifyExact } from '../entry/json-text';
import { serializeForAiLog } from '../entry/serialize';
import { AiLogStage, canonicalStage } from '../entry/stage';
import { type Clock, systemClock } from '../lib/clock';
import { askedTools, toolCallKey } from './asked-tools';
import { createFieldReader, type FieldReader } from './field-reader';
import { type FinishedSpan, localParentOf, scopeNameOf } from './finished-span';
import { loggedMessages } from './log-messages';
import type { EventMessages } from './messages/message-event';
import { createNameFilter, type NameFilterOptions, type NameVerdict } from './name-filter';
import type { Notice } from './notice';
import { type CallSurroundings, readCall } from './read-call';
import { readStated, type Tell, timesOf } from './read-entry';
import { type FoundRole, roleOfSpan } from './role-of-span';
import { salvageSpan } from './salvage-span';
import type { SpanFacts } from './span-facts';
import { toldResults } from './told-results';
import { own } from './vocabularies/own';
import { chooseVocabularies } from './vocabularies/vocabularies';
import type { Vocabulary } from './vocabularies/vocabulary';

export interface SpanReaderOptions extends NameFilterOptions {
  readonly vocabularies: 'all' | 'own' | readonly string[];
  /** Stands in for the end time that a broken span lacks. */
  readonly clock?: Pick<Clock, 'wallMillis'> | undefined;
  /** Not one attribute of a span could be read. */
  readonly onUnreadable?: (() => void) | undefined;
}

/**
 * What a finished span says, with the messages that log records gave for it. `undefined`: no vocabulary knows the
 * span; such are nearly all that a bot ends.
 */
export type SpanReader = (span: FinishedSpan, logged?: EventMessages | undefined) => SpanFacts | undefined;

/** Makes the function that reads finished spans. It never throws, whatever the span is, and changes nothing on it. */
export function createSpanReader(options: SpanReaderOptions): SpanReader {
  const { byRole, byField, byFieldFor } = chooseVocabularies(options.vocabularies);
  const verdictOn = createNameFilter(options);
  const clock = options.clock ?? systemClock;

  const read = (span: FinishedSpan, logged: EventMessages | undefined): SpanFacts | undefined => {
    const found = roleOfSpan(span, byRole);
    if (found === undefined) return undefined;
    const chosen = found.vocabulary === own ? byFieldFor(span.attributes) : byField;
    return factsOf(span, found, logged === undefined ? chosen : [...chosen, loggedMessages(logged)]);
  };

  return (span, logged) => {
    try {
      return read(span, logged);
    } catch {
      return readBroken(span, logged);
    }
  };

  function readBroken(span: unknown, logged: EventMessages | undefined): SpanFacts | undefined {
    try {
      const salvaged = salvageSpan(span);
      if (salvaged !== undefined) return read(salvaged, logged);
    } catch {
      // As broken as if nothing had been salvaged.
    }
    options.onUnreadable?.();
    return undefined;
  }

  function factsOf(span: FinishedSpan, found: FoundRole, vocabularies: readonly Vocabulary[]): SpanFacts {
    const notices: Notice[] = [];
    const tell: Tell = (code, text) => {
      notices.push({ code, text });
    };
    const fields = createFieldReader(span, vocabularies, tell);
    const { traceId, spanId } = span.spanContext();
    const { name } = span;
    const scope = scopeNameOf(span);
    const agent = fields.text('agentName');
    const isAnswer = found.role === 'call' || found.role === 'wrapper';
    const stage = stageOf(fields, agent, found, name) ?? (isAnswer ? UNNAMED_STAGE : undefined);
    const verdict = verdictOn(agent === undefined ? [scope, name] : [scope, name, agent]);
    const { around, role, draft, notLoggable } = loggedOf(span, found, fields, stage, verdict, tell);
    const asked = isAnswer && draft?.outputJson !== undefined ? askedTools(draft.outputJson) : undefined;
    // Written out: spreading several objects into one costs more than all the reading.
    return {
      traceId,
      spanId,
      localParentSpanId: localParentOf(span),
      startedMillis: around.startedMillis,
      endedMillis: around.endedMillis,
      scope,
      name,
      role,
      draft,
      notLoggable,
      model: fields.model(),
      stage,
      toolCallsOnly: asked?.nothingElse,
      asksFor: asked?.keys,
      told: role === 'call' && draft?.inputJson !== undefined ? toldResults(draft.inputJson) : undefined,
      orders: around.orders,
      clientOrderId: around.clientOrderId,
      symbol: around.symbol,
      responseId: fields.text('responseId'),
      tool: role === 'tool' ? toolOf(fields, name) : undefined,
      notices,
    };
  }

  function loggedOf(
    span: FinishedSpan,
    found: FoundRole,
    fields: FieldReader,
    stage: SpanFacts['stage'],
    verdict: NameVerdict,
    tell: Tell,
  ): Logged {
    const kept = verdict === 'passed' ? undefined : verdict;
    if (found.role === 'entry') {
      const { shared, orders } = readStated(span, fields, clock, tell);
      const { startedMillis, endedMillis, clientOrderId, symbol } = shared;
      const around = { startedMillis, endedMillis, clientOrderId, symbol, orders, stage: stage?.text };
      const orderId = orders.kind === 'ids' ? orders.ids[0] : undefined;
      const draft = kept === undefined ? { ...shared, orderId } : undefined;
      return { around, role: found.role, draft, notLoggable: kept };
    }
    const { startedMillis, endedMillis } = timesOf(span, clock, tell);
    const around: CallSurroundings = {
      startedMillis,
      endedMillis,
      orders: fields.orderIds(),
      clientOrderId: fields.text('clientOrderId'),
      symbol: fields.text('symbol'),
      stage: stage?.text,
    };
    switch (found.role) {
      case 'call':
      case 'wrapper': {
        if (kept !== undefined) return { around, role: found.role, draft: undefined, notLoggable: kept };
        const { draft, notLoggable } = readCall(span, found, fields, around, tell);
        return { around, role: found.role, draft, notLoggable };
      }
      case 'tool':
      case 'context':
      case 'none': {
        const role = found.role === 'none' && lends(around) ? 'context' : found.role;
        return { around, role, draft: undefined, notLoggable: undefined };
      }
    }
  }
}

interface Logged extends Pick<SpanFacts, 'role' | 'draft' | 'notLoggable'> {
  readonly around: CallSurroundings;
}

const lends = ({ stage, orders, clientOrderId, symbol }: CallSurroundings): boolean =>
  stage !== undefined || orders.kind !== 'absent' || clientOrderId !== undefined || symbol !== undefined;

function stageOf(
  fields: FieldReader,
  agent: string | undefined,
  { vocabulary }: FoundRole,
  name: string,
): SpanFacts['stage'] {
  const stated = fields.text('stage');
  if (stated !== undefined) return { text: canonicalStage(stated), firmness: 'stated' };
  const inCode = fields.text('functionName') ?? agent ?? fields.text('taskName');
  if (inCode !== undefined) return { text: canonicalStage(inCode), firmness: 'function' };
  // A span that the bot marks with attributes of ours is the bot's, and so is its name.
  const chosen = vocabulary === own ? canonicalStage(name) : fields.text('chosenName');
  return chosen === undefined || chosen === ''
    ? undefined
    : { text: canonicalStage(chosen), firmness: 'span-name' };
}

/** A bot asks a model what to do; where neither the bot nor its library has a name for that, it is this stage. */
const UNNAMED_STAGE: SpanFacts['stage'] = { text: AiLogStage.DECISION_MAKING, firmness: 'unnamed' };

function toolOf(fields: FieldReader, spanName: string): NonNullable<SpanFacts['tool']> {
  const result = fields.value('toolResult');
  const text =
    result === undefined || typeof result === 'string' ? result : stringifyExact(serializeForAiLog(result));
  const name = fields.text('toolName') ?? spanName;
  return { name, result: text, answers: toolCallKey(name, fields.text('toolCallId')) };
}
