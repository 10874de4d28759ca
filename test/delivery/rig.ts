import type { Acceptance, DeliveryListener } from '../../src/delivery/delivery.js';
import type { Exchange, SignedRequest, Transport } from '../../src/delivery/transport.js';
import { createDelivery, type DeliveryParts } from '../../src/delivery/uploader.js';
import type { SealedEntry } from '../../src/entry/sealed-entry.js';
import type {
  AttemptRecord,
  OpenEntry,
  PauseRecord,
  Rejection,
  Slot,
  WeexReceipt,
} from '../../src/journal/journal.js';
import { FakeClock } from '../helpers/fake-clock.js';

export const CREDENTIALS = {
  apiKey: 'weex_key_0123456789',
  apiSecret: 'very-secret-0123456789',
  apiPassphrase: 'a-passphrase',
};

/** Keeps entries in memory, and every record that delivery makes. */
export class InMemoryJournal {
  readonly entries = new Map<Slot, SealedEntry>();
  readonly attempts: { readonly slot: Slot; readonly attempt: AttemptRecord }[] = [];
  readonly receipts: WeexReceipt[] = [];
  readonly rejections: { readonly slot: Slot; readonly rejection: Rejection }[] = [];
  readonly pauses: PauseRecord[] = [];
  readonly resumes: number[] = [];
  readonly unreadable = new Set<Slot>();
  processes = 1;
  #next = 0;
  #free: Slot[] = [];

  /** A new open entry that ended so long ago. */
  add(endedMillis: number, fields: Partial<SealedEntry> = {}): OpenEntry {
    const slot = this.#free.pop() ?? this.#next++;
    const startedMillis = fields.startedMillis ?? endedMillis - 1_000;
    this.entries.set(slot, {
      id: `entry-${slot}-${endedMillis}`,
      payload: `{"stage":"Decision Making","model":"m","input":{"slot":${slot}},"output":{},"explanation":"e"}`,
      stage: 'Decision Making',
      orderId: undefined,
      noOrder: false,
      clientOrderId: undefined,
      symbol: undefined,
      fullExplanation: undefined,
      explanationDerived: false,
      startedMillis,
      endedMillis,
      origin: undefined,
      ...fields,
    });
    return { slot, startedMillis, endedMillis, linked: fields.orderId !== undefined };
  }

  readonly begun: Slot[] = [];

  /** What `unreadable` holds is there still, unless it was taken away. */
  isLost(slot: Slot): boolean {
    return !this.entries.has(slot);
  }

  sending(slot: Slot): void {
    this.begun.push(slot);
  }

  read(slot: Slot): SealedEntry | undefined {
    return this.unreadable.has(slot) ? undefined : this.entries.get(slot);
  }

  attempted(slot: Slot, attempt: AttemptRecord): void {
    this.attempts.push({ slot, attempt });
  }

  accepted(slot: Slot, receipt: WeexReceipt): void {
    this.receipts.push(receipt);
    this.#close(slot);
  }

  rejected(slot: Slot, rejection: Rejection): void {
    this.rejections.push({ slot, rejection });
    this.#close(slot);
  }

  paused(pause: PauseRecord): void {
    this.pauses.push(pause);
  }

  resumed(atMillis: number): void {
    this.resumes.push(atMillis);
  }

  liveProcesses(): number {
    return this.processes;
  }

  #close(slot: Slot): void {
    if (!this.entries.delete(slot)) throw new Error(`slot ${slot} was closed before`);
    this.#free.push(slot);
  }
}

/** Notes what the owner is told, as short lines. */
export class ListenerNotes implements DeliveryListener {
  readonly lines: string[] = [];
  readonly delays: number[] = [];

  accepted(_slot: Slot, receipt: WeexReceipt, { durationMillis }: Acceptance): void {
    this.lines.push(`accepted ${receipt.entryId}`);
    this.delays.push(durationMillis);
  }
  rejected(_slot: Slot, entryId: string, rejection: Rejection): void {
    this.lines.push(`rejected ${entryId}: ${rejection.reason}`);
  }
  paused(pause: PauseRecord): void {
    this.lines.push(`paused: ${pause.reason}`);
  }
  resumed(pausedMillis: number): void {
    this.lines.push(`resumed after ${pausedMillis}`);
  }
  down(kind: string, reason: string): void {
    this.lines.push(`down: ${kind}: ${reason}`);
  }
  recovered(downMillis: number): void {
    this.lines.push(`recovered after ${downMillis}`);
  }
}

export interface SentRequest {
  readonly atMillis: number;
  readonly slot: Slot;
  readonly request: SignedRequest;
}

export type Answering = (sent: SentRequest, count: number) => Exchange | Promise<Exchange>;

export const answer = (status: number, body: unknown, headers = {}): Exchange => ({
  kind: 'answer',
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
export const ACCEPTED = answer(200, { code: '00000', msg: 'success', data: 'upload success' });
export const refusal = (code: string | number, msg = 'words'): Exchange => answer(400, { code, msg });
export const failed = (reason = 'ECONNREFUSED', uncertain = false): Exchange => ({
  kind: 'failure',
  reason,
  uncertain,
});

/** Answers from a script after a fixed time on the fake clock. */
export class ScriptedTransport implements Transport {
  readonly sent: SentRequest[] = [];
  answering: Answering = () => ACCEPTED;
  timeAnswering: () => Exchange = () => answer(200, { serverTime: this.clock.wallMillis() });
  latencyMillis = 50;
  timesAsked = 0;
  inFlight = 0;
  mostInFlight = 0;
  closed = false;
  readonly clock: FakeClock;

  constructor(clock: FakeClock) {
    this.clock = clock;
  }

  async send(request: SignedRequest): Promise<Exchange> {
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    await this.#wait(this.latencyMillis);
    this.inFlight -= 1;
    return this.answerNow(request, this.latencyMillis);
  }

  answerNow(request: SignedRequest, latencyMillis = 0): Exchange | Promise<Exchange> {
    if (request.method === 'GET') {
      this.timesAsked += 1;
      return this.timeAnswering();
    }
    const body: { input?: { slot?: number } } = JSON.parse(String(request.body));
    const slot = body.input?.slot ?? -1;
    const sent = { atMillis: this.clock.monotonicMillis() - latencyMillis, slot, request };
    this.sent.push(sent);
    return this.answering(sent, this.sent.length);
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  get slots(): Slot[] {
    return this.sent.map(({ slot }) => slot);
  }

  #wait(millis: number): Promise<void> {
    return new Promise((resolve) => {
      this.clock.schedule(millis, resolve);
    });
  }
}

/** Cuts the input of the payload to a mark. */
const cutInput: DeliveryParts['cutPayload'] = (payload, maxBytes) => {
  const whole: Record<string, unknown> = JSON.parse(payload);
  const cut = JSON.stringify({ ...whole, input: { cut: maxBytes } });
  return { payload: cut, cut: cut.length <= maxBytes };
};

export interface RigOptions {
  readonly options?: Partial<DeliveryParts['options']>;
  readonly parts?: Partial<DeliveryParts>;
  readonly clock?: FakeClock;
}

/** A delivery on a fake clock with doubles of everything around it. */
export function rig({ options, parts, clock = new FakeClock() }: RigOptions = {}) {
  const journal = new InMemoryJournal();
  const listener = new ListenerNotes();
  const transport = new ScriptedTransport(clock);
  const complaints: string[] = [];
  const refreshes: number[] = [];
  const delivery = createDelivery({
    options: {
      endpoint: 'https://api-contract.weex.com',
      apiVersion: 'v2',
      timeoutMillis: 10_000,
      locale: 'en-US',
      rateLimit: 10,
      concurrency: 4,
      userAgent: 'opentelemetry-exporter-weex/0.0.0',
      ...options,
    },
    account: { paused: undefined, acceptedBefore: true },
    credentials: {
      current: () => CREDENTIALS,
      refresh: () => {
        refreshes.push(clock.monotonicMillis());
        return CREDENTIALS;
      },
    },
    journal,
    transport,
    listener,
    cutPayload: cutInput,
    clock,
    log: { info: () => {}, warn: () => {}, error: (text) => complaints.push(text) },
    sleepSync: (millis) => clock.block(millis),
    ...parts,
  });
  /** Enqueues new entries that ended so long ago, each alone. */
  const add = (count: number, agoMillis = 0, fields: Partial<SealedEntry> = {}): OpenEntry[] => {
    const entries = Array.from({ length: count }, () => journal.add(clock.wallMillis() - agoMillis, fields));
    for (const entry of entries) delivery.enqueue([entry]);
    return entries;
  };
  return { clock, journal, listener, transport, delivery, complaints, refreshes, add };
}
