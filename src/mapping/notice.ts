/** What a person should learn about spans like this one. The caller counts by code, and says each code once. */
export interface Notice {
  readonly code: NoticeCode;
  /** What was expected, what came, what to do. Never an attribute's value: it could be a secret. */
  readonly text: string;
}

export type NoticeCode =
  /** An order id that cannot be sent as it stands. */
  | 'order-id-refused'
  /** JSON whose end an attribute length limit took. */
  | 'json-truncated'
  /** A field is missing, and the attribute count limit took attributes of the span. */
  | 'attributes-dropped'
  /** The explanation is a sentence of ours. */
  | 'explanation-derived'
  /** An attribute is of a type that its field has no use for, or not as it is. */
  | 'attribute-type'
  /** An attribute threw when it was read. */
  | 'attribute-unreadable'
  /** The span has no usable end time. */
  | 'time-unreadable'
  /** Model calls come without content; one code for each vocabulary, because each has a switch of its own. */
  | `content-off-${string}`;

const LONGEST_NAME = 80;

/** A span's name in a sentence. */
export const quotedName = (name: string): string =>
  JSON.stringify(name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name);
