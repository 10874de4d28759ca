/** The span that an entry came from. */
export interface EntryOrigin {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
}

/**
 * One AI decision as a vocabulary (or a direct call) states it, before anything is cut, masked or checked.
 *
 * Input and output are the text of a JSON object and not its value: parsing changes 18-digit numbers.
 */
export interface EntryDraft {
  readonly stage: string | undefined;
  readonly model: string | undefined;
  readonly inputJson: string | undefined;
  readonly outputJson: string | undefined;
  /** The whole text; it is cut to what WEEX takes when the entry is sealed. */
  readonly explanation: string | undefined;
  /** True when the explanation is a sentence of ours and not the bot's. */
  readonly explanationDerived: boolean;
  /** Decimal digits, exact. */
  readonly orderId: string | undefined;
  /** True when the bot said that there is no order, so none may be linked. */
  readonly noOrder: boolean;
  readonly clientOrderId: string | undefined;
  readonly symbol: string | undefined;
  readonly startedMillis: number;
  /** The decision's time: the span's end. */
  readonly endedMillis: number;
  readonly origin: EntryOrigin | undefined;
}
