import {
  joinLogMessages,
  type LogMessages,
  type MessageLogRecord,
  readLogRecord,
} from '../mapping/log-messages';
import type { EventMessages } from '../mapping/messages/message-event';

const MOST_BYTES = 16 * 1_048_576;
const MOST_RECORDS_OF_SPAN = 1_024;
/** A rough cost of a message beside its texts. */
const RECORD_BYTES = 256;

interface Kept {
  readonly records: LogMessages[];
  bytes: number;
}

/**
 * Messages that instrumentations put into log records, until their span ends. Bounded: those of the spans that began
 * to log first are forgotten first.
 */
export class LoggedMessages {
  readonly #spans = new Map<string, Kept>();
  #bytes = 0;

  /** Takes a log record; nearly all belong to no model call, and cost two look-ups. */
  add(record: MessageLogRecord): void {
    const messages = readLogRecord(record);
    if (messages === undefined) return;
    const key = messages.traceId + messages.spanId;
    const kept = this.#spans.get(key) ?? { records: [], bytes: 0 };
    if (kept.records.length >= MOST_RECORDS_OF_SPAN) return;
    this.#spans.set(key, kept);
    kept.records.push(messages);
    const bytes = bytesOf(messages);
    kept.bytes += bytes;
    this.#bytes += bytes;
    for (const oldest of this.#spans.keys()) {
      if (this.#bytes <= MOST_BYTES) return;
      this.#forget(oldest);
    }
  }

  get isEmpty(): boolean {
    return this.#spans.size === 0;
  }

  /** What was said for a span that ends now. */
  take(traceId: string, spanId: string): EventMessages | undefined {
    const key = traceId + spanId;
    const kept = this.#spans.get(key);
    if (kept === undefined) return undefined;
    this.#forget(key);
    return joinLogMessages(kept.records);
  }

  #forget(key: string): void {
    this.#bytes -= this.#spans.get(key)?.bytes ?? 0;
    this.#spans.delete(key);
  }
}

function bytesOf({ input, output }: EventMessages): number {
  let bytes = RECORD_BYTES;
  for (const { text, reasoning, toolCalls, toolResults } of [...input, ...output]) {
    bytes += RECORD_BYTES + 2 * ((text?.length ?? 0) + (reasoning?.length ?? 0));
    bytes += RECORD_BYTES * (toolCalls.length + toolResults.length);
  }
  return bytes;
}
