import { isIPv4 } from 'node:net';

/**
 * Whether a host names this machine: `localhost`, 127.0.0.0/8 or ::1 and nothing else.
 *
 * Takes a host as `URL.hostname` gives it: lower case, addresses in normal form, IPv6 in brackets.
 */
export const isLoopbackHost = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
