import type { SuccessSpelling } from '../weex/reply';
import type { WeexEmulatorCondition } from './fault';

/** What of the usual exchange goes wrong at the connection. */
export type Mangling =
  | 'slow-body'
  | 'truncated-json'
  | 'truncated-body'
  | 'huge-body'
  | 'endless-body'
  | 'no-answer'
  | 'reset-before-body'
  | 'reset-after-body'
  | 'half-close'
  | 'garbage';

export type FaultAction =
  /** The checks decide, as without a fault. */
  | { readonly kind: 'usual' }
  | { readonly kind: 'spelled'; readonly spelling: SuccessSpelling }
  | { readonly kind: 'clock-skew'; readonly skewMillis: number }
  | { readonly kind: 'order-unknown' }
  | {
      readonly kind: 'code';
      readonly code: string;
      readonly msg: string | undefined;
      readonly status: number | undefined;
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'mangled'; readonly mangling: Mangling; readonly bytes: number };

/** A fault, checked and with all defaults. Plain data: it crosses into the thread. */
export interface FaultPlan {
  /** A few words for records and the page. */
  readonly label: string;
  readonly action: FaultAction;
  /** Take the log although the answer does not say so. */
  readonly accept: boolean;
  readonly delayMillis: number;
  readonly times: number;
  readonly per: 'orderId' | 'body' | undefined;
  readonly probability: number;
  readonly when: WeexEmulatorCondition;
}
