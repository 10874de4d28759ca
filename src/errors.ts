/** What becomes of an entry, or of the account, after an answer that is not an acceptance. */
export type Disposition = 'retry' | 'hold' | 'reject';

/**
 * `CONFIG`: settings that cannot work.
 * `REJECTED`: WEEX refused this entry for good, or it is not one that WEEX could accept.
 * `PAUSED`: WEEX refuses the account; the entry is kept and goes when WEEX accepts again.
 * `PENDING`: no answer in time; the entry is kept and delivery goes on.
 * `CLOSED`: the logger was closed before.
 * `LOST`: neither disk nor memory had room; the entry is not kept.
 */
export type WeexErrorCode = 'CONFIG' | 'REJECTED' | 'PAUSED' | 'PENDING' | 'CLOSED' | 'LOST';

const MARK = Symbol.for('opentelemetry-exporter-weex.error');

/** Settings that cannot work. The message lists every problem found, never a secret's value. */
export class WeexConfigError extends Error {
  override readonly name = 'WeexConfigError';
  readonly code = 'CONFIG' satisfies WeexErrorCode;
  readonly [MARK] = true;
  /** One sentence for each problem. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`opentelemetry-exporter-weex cannot start: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

export interface WeexApiErrorFields {
  readonly code: Exclude<WeexErrorCode, 'CONFIG'>;
  readonly message: string;
  readonly disposition: Disposition;
  readonly entryId?: string | undefined;
  /** HTTP status of the answer, when there was one. */
  readonly httpStatus?: number | undefined;
  /** WEEX's own code as text, for example `40009` or `-1044`. */
  readonly weexCode?: string | undefined;
}

/**
 * An entry that WEEX did not accept (yet).
 *
 * Holds no header, key or body on purpose: the SDK's error handler prints every property of an error.
 */
export class WeexApiError extends Error {
  override readonly name = 'WeexApiError';
  readonly [MARK] = true;
  readonly code: Exclude<WeexErrorCode, 'CONFIG'>;
  readonly disposition: Disposition;
  readonly entryId: string | undefined;
  readonly httpStatus: number | undefined;
  readonly weexCode: string | undefined;

  constructor(fields: WeexApiErrorFields) {
    super(fields.message);
    this.code = fields.code;
    this.disposition = fields.disposition;
    this.entryId = fields.entryId;
    this.httpStatus = fields.httpStatus;
    this.weexCode = fields.weexCode;
  }
}
