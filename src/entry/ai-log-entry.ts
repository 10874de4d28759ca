/** What an AI log entry states. */
export interface AiLogEntryFields {
  readonly stage: string;
  readonly model: string;
  /** A JSON object as value or text; text that is none becomes `{ "prompt": text }`. */
  readonly input: unknown;
  /** A JSON object as value or text; text that is none becomes `{ "response": text }`. */
  readonly output: unknown;
  readonly explanation: string;
  readonly orderId?: string | number | bigint | undefined;
  readonly timestamp?: Date | undefined;
}

export class AiLogEntry {
  readonly stage: string;
  readonly model: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly explanation: string;
  readonly orderId: string | undefined;
  readonly timestamp: Date;

  constructor(fields: AiLogEntryFields) {
    this.stage = fields.stage;
    this.model = fields.model;
    this.input = fields.input;
    this.output = fields.output;
    this.explanation = fields.explanation;
    this.orderId = fields.orderId === undefined ? undefined : String(fields.orderId);
    this.timestamp = fields.timestamp ?? new Date();
  }
}
