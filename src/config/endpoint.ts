import { isLoopbackHost } from '../lib/loopback';
import { invalid, list, type Parsed, type Parser, text, valid } from './parser';

export const DEFAULT_ENDPOINT = 'https://api-contract.weex.com';

/** Hosts that may get signed requests without being listed. */
const WEEX_HOSTS = ['*.weex.com', '*.weex.tech'];

const MAX_HOST_LENGTH = 255;
const HOST_NAME = /^(\*\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/;
const HOST_EXPECTED =
  'a host name or address (IPv6 in brackets) without scheme, port or path, or "*." and a domain';

/** One of `allowedHosts`: a host exactly, or `*.domain` for all below a domain. */
export const hostList: Parser<readonly string[]> = list((item) => {
  const host = item.toLowerCase();
  if (host.length > MAX_HOST_LENGTH) return invalid(HOST_EXPECTED, item);
  return HOST_NAME.test(host) || /^\[[0-9a-f:.]+\]$/.test(host) ? valid(host) : invalid(HOST_EXPECTED, item);
}, HOST_EXPECTED);

const EXPECTED = 'an https:// URL (http:// for loopback alone)';

/**
 * The base of WEEX's API as origin and path without a trailing slash.
 *
 * Refuses what could send a signed request where nobody meant it to go. Messages never repeat a URL with
 * user information or a query, which may be secret.
 */
export const endpointParser = (allowedHosts: readonly string[]): Parser<string> =>
  text((raw) => parseEndpoint(raw.trim(), [...WEEX_HOSTS, ...allowedHosts]), EXPECTED);

function parseEndpoint(raw: string, hosts: readonly string[]): Parsed<string> {
  const mayShow = !/[@?#]/.test(raw);
  // `URL` silently takes line ends and tabs out and reads a backslash as a slash.
  if (/[\p{Cc}\s\\]/u.test(raw) || !URL.canParse(raw)) {
    return mayShow ? invalid(EXPECTED, raw) : invalid(EXPECTED);
  }
  const url = new URL(raw);
  if (url.username !== '' || url.password !== '') {
    return invalid(`${EXPECTED} without user information`);
  }
  if (/[?#]/.test(raw)) return invalid(`${EXPECTED} without a query or fragment`);
  const loopback = isLoopbackHost(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) return invalid(EXPECTED, raw);
  if (!loopback && !hosts.some((host) => isHost(url.hostname, host))) {
    return invalid(
      'a host below weex.com or weex.tech, loopback, or one that allowedHosts or OTEL_EXPORTER_WEEX_ALLOWED_HOSTS lists',
      url.hostname,
    );
  }
  return valid(url.origin + url.pathname.replace(/\/+$/, ''));
}

const isHost = (hostname: string, host: string): boolean =>
  host.startsWith('*.') ? hostname.endsWith(host.slice(1)) && hostname !== host.slice(1) : hostname === host;
