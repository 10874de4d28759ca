import { BlockList, isIP } from 'node:net';
import { isLoopbackHost } from './loopback';

/** The proxy variables: absolute http(s) URLs, and the list of exceptions as it was found. */
export interface ProxyVariables {
  readonly httpsProxy: string | undefined;
  readonly httpProxy: string | undefined;
  readonly noProxy: string | undefined;
}

/**
 * The proxy to reach `url` by, or `undefined` to connect to it.
 *
 * Never one for loopback. `httpsProxy` serves https and `httpProxy` serves http, as in curl: neither stands
 * in for the other.
 */
export function proxyFor(url: URL, proxy: ProxyVariables): string | undefined {
  const chosen = url.protocol === 'https:' ? proxy.httpsProxy : proxy.httpProxy;
  if (!chosen || isLoopbackHost(url.hostname)) return undefined;
  const host = withoutDecoration(url.hostname);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const exceptions = (proxy.noProxy ?? '').toLowerCase().split(/[\s,]+/);
  return exceptions.some((exception) => covers(exception, host, port)) ? undefined : chosen;
}

/**
 * One item of NO_PROXY: `*`, a host (and all below it; a leading `.` or `*.` changes nothing), a host with a
 * port, an address, or a range of addresses (`10.0.0.0/8`).
 */
function covers(exception: string, host: string, port: string): boolean {
  if (exception === '') return false;
  if (exception === '*') return true;
  const range = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(exception);
  if (range) return inRange(host, range[1] ?? '', Number(range[2]));
  const withPort = /^([^:]+|\[[^\]]+\]):(\d+)$/.exec(exception);
  if (withPort && withPort[2] !== port) return false;
  const name = withoutDecoration((withPort?.[1] ?? exception).replace(/^\*?\./, ''));
  return name !== '' && (host === name || (isIP(host) === 0 && host.endsWith(`.${name}`)));
}

function inRange(host: string, network: string, prefix: number): boolean {
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || prefix > (family === 4 ? 32 : 128)) return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(network, prefix, kind);
  return range.check(host, kind);
}

/** Without the brackets of an IPv6 address and the dot of a full domain name. */
const withoutDecoration = (host: string): string => host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
