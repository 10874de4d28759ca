import type { Settings } from '../../config/settings';
import { apiPaths } from '../../delivery/api-paths';
import { classify } from '../../delivery/classify';
import { offsetOf, readServerTime } from '../../delivery/clock-offset';
import type { Exchange, Transport } from '../../delivery/transport';
import { proxyFor } from '../../lib/proxy-for';
import { VERSION } from '../../lib/version';
import { type Check, ok, problem, warn } from './check';
import { explain } from './explain-answer';
import type { Surroundings } from './surroundings';

/** WEEX refuses what is signed more than this away from its own time. */
const REFUSED_MILLIS = 30_000;
const NOTABLE_MILLIS = 5_000;

export const USER_AGENT = `opentelemetry-exporter-weex/${VERSION} (doctor)`;

export interface NetworkChecks {
  readonly checks: readonly Check[];
  /** WEEX's clock minus ours; `undefined` when it could not be asked. */
  readonly offsetMillis: number | undefined;
}

/** Asks WEEX for its time: can it be reached, and by how much are the clocks apart? No key goes out with that. */
export async function checkNetwork(
  settings: Settings,
  transport: Transport,
  { clock }: Pick<Surroundings, 'clock'>,
): Promise<NetworkChecks> {
  const { origin, time } = apiPaths(settings.endpoint, settings.apiVersion);
  const sentMillis = clock.monotonicMillis();
  const request = {
    method: 'GET',
    path: time,
    headers: { 'User-Agent': USER_AGENT },
    body: undefined,
  } as const;
  const answer = await transport.send(request, settings.timeoutMillis);
  const receivedMillis = clock.monotonicMillis();
  const wallMillis = clock.wallMillis();
  const proxy = proxyCheck(settings);
  const serverMillis = answer.kind === 'answer' ? readServerTime(answer.body) : undefined;
  if (serverMillis === undefined) {
    const { found, mend } = whyNoTime(answer, wallMillis);
    return {
      checks: [proxy, problem('WEEX', `${origin}${time}: ${found}`, mend)],
      offsetMillis: undefined,
    };
  }
  const offsetMillis = offsetOf({ serverMillis, sentMillis, receivedMillis, wallMillis });
  const took = Math.round(receivedMillis - sentMillis);
  return {
    checks: [proxy, ok('WEEX', `${origin} answers, in ${took} ms`), clockCheck(offsetMillis)],
    offsetMillis,
  };
}

function whyNoTime(answer: Exchange, wallMillis: number): { found: string; mend: string } {
  if (answer.kind === 'throttled') return { found: 'too many connections', mend: 'try again in a minute' };
  const verdict = classify(answer, { acceptedBefore: true, secrets: [], wallMillis });
  if (verdict.kind !== 'accepted') return explain(verdict, answer);
  return { found: 'an answer without a time', mend: 'look whether the endpoint is that of the contract API' };
}

function clockCheck(offsetMillis: number): Check {
  const seconds = (Math.abs(offsetMillis) / 1_000).toFixed(1);
  const found = `the clock of this machine is ${seconds} s ${offsetMillis < 0 ? 'ahead of' : 'behind'} that of WEEX`;
  const mend = 'synchronise it (systemd-timesyncd, chrony); times in logs and receipts are wrong until then';
  if (Math.abs(offsetMillis) > REFUSED_MILLIS) {
    return problem(
      'clock',
      `${found}, which refuses more than 30 s; logs are signed with the time of WEEX`,
      mend,
    );
  }
  if (Math.abs(offsetMillis) > NOTABLE_MILLIS) return warn('clock', found, mend);
  return ok('clock', found);
}

function proxyCheck({ endpoint, proxy }: Settings): Check {
  const used = proxyFor(new URL(endpoint), proxy);
  if (used === undefined) {
    const isSet = (proxy.httpsProxy ?? proxy.httpProxy) !== undefined;
    return ok('proxy', isSet ? 'one is set and not used for this endpoint' : 'none');
  }
  // Without user and password.
  const { protocol, host } = new URL(used);
  return ok('proxy', `by ${protocol}//${host}`);
}
