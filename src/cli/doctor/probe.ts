import type { Credentials, Settings } from '../../config/settings';
import { apiPaths } from '../../delivery/api-paths';
import { classify, type Verdict } from '../../delivery/classify';
import { signRequest } from '../../delivery/sign';
import type { Exchange, Transport } from '../../delivery/transport';
import { AiLogEntry, draftOfEntry } from '../../entry/ai-log-entry';
import { newEntryId } from '../../entry/entry-id';
import { createMask } from '../../entry/mask';
import { sealEntry } from '../../entry/seal';
import { type SealedEntry, wireBody } from '../../entry/sealed-entry';
import type { FileJournal } from '../../journal/journal';
import type { Clock } from '../../lib/clock';
import { VERSION } from '../../lib/version';
import { type Check, ok, problem } from './check';
import { explain } from './explain-answer';
import { USER_AGENT } from './network-checks';

export interface ProbeParts {
  readonly settings: Settings;
  readonly credentials: Credentials;
  readonly transport: Transport;
  /** Where the check is recorded like any other log. */
  readonly journal: FileJournal | undefined;
  readonly clock: Clock;
  /** WEEX's clock minus ours, as far as it is known. */
  readonly offsetMillis: number;
}

/**
 * Sends one log that says what it is, without an order, and explains the answer.
 *
 * It is signed and sent here and not by the account's pipeline: that would first take over and send what dead
 * processes left, would wait behind the backlog, and would try again, where one answer is wanted. It is journaled
 * all the same, for what WEEX has of this account and the journal has not could look like a log that was hidden; and
 * it is closed at once, so that nobody sends it again.
 */
export async function probe(parts: ProbeParts): Promise<Check> {
  const { settings, credentials, transport, journal, clock, offsetMillis } = parts;
  const entry = diagnosticEntry(settings, credentials, clock);
  const slot = journal?.append(entry);
  if (slot !== undefined) journal?.sending(slot);
  const begunMillis = clock.monotonicMillis();
  const begunWallMillis = clock.wallMillis();
  const toSign = {
    method: 'POST',
    path: apiPaths(settings.endpoint, settings.apiVersion).upload,
    body: Buffer.from(wireBody(entry)),
    timestampMillis: Math.trunc(begunWallMillis + offsetMillis),
  } as const;
  const request = signRequest(toSign, credentials, { locale: settings.locale, userAgent: USER_AGENT });
  const answer = await transport.send(request, settings.timeoutMillis);
  const verdict = judge(answer, credentials, clock);
  const check = checkOf(verdict, answer);
  if (slot === undefined) return check;
  if (verdict?.kind === 'accepted') {
    journal?.accepted(slot, {
      entryId: entry.id,
      code: verdict.code,
      msg: verdict.msg,
      ...(verdict.requestTime === undefined ? {} : { requestTime: verdict.requestTime }),
      acceptedAt: clock.wallMillis(),
      attempts: 1,
      possibleDuplicate: false,
    });
    return check;
  }
  if (verdict !== undefined) {
    journal?.attempted(slot, {
      attempt: 1,
      atMillis: begunWallMillis,
      durationMillis: Math.round(clock.monotonicMillis() - begunMillis),
      disposition: dispositionOf(verdict),
      ...verdict.words,
      uncertain: verdict.kind === 'retry' && verdict.uncertain,
    });
  }
  journal?.closed(slot, { state: 'settled', reason: 'doctor --probe: sent once, whatever the answer' });
  return check;
}

const STAGE = 'Diagnostics';

function diagnosticEntry({ maxEntryBytes }: Settings, credentials: Credentials, clock: Clock): SealedEntry {
  const entry = new AiLogEntry({
    stage: STAGE,
    model: `opentelemetry-exporter-weex ${VERSION}`,
    input: { check: 'weex-ai-log doctor --probe', question: 'does WEEX accept AI logs of this account?' },
    output: { decision: 'none', order: 'none', trade: 'none' },
    explanation:
      'A connectivity check that the operator of this account sent by hand. No AI model was asked and nothing was traded.',
    orderId: 'none',
    timestamp: new Date(clock.wallMillis()),
  });
  const mask = createMask(Object.values(credentials));
  return sealEntry(draftOfEntry(entry), { id: newEntryId(clock), maxEntryBytes, mask });
}

type Judged = Verdict | undefined;

function judge(answer: Exchange, credentials: Credentials, clock: Clock): Judged {
  if (answer.kind === 'throttled') return undefined;
  // As if nothing had been accepted yet: an unknown code is then about the account, and not about this log.
  return classify(answer, {
    acceptedBefore: false,
    secrets: Object.values(credentials),
    wallMillis: clock.wallMillis(),
  });
}

function checkOf(verdict: Judged, answer: Exchange): Check {
  if (verdict === undefined)
    return problem('probe', 'not sent: too many connections', 'try again in a minute');
  if (verdict.kind === 'accepted') {
    return ok('probe', `WEEX accepted a log of this account (code ${verdict.code} ${verdict.msg})`);
  }
  const { found, mend } = explain(verdict, answer);
  return problem('probe', found, mend);
}

function dispositionOf({
  kind,
}: Exclude<Verdict, { kind: 'accepted' }>): 'retry' | 'clock' | 'hold' | 'reject' {
  switch (kind) {
    case 'retry':
    case 'order-unknown':
      return 'retry';
    case 'clock':
    case 'hold':
    case 'reject':
      return kind;
    case 'too-large':
      return 'reject';
  }
}
