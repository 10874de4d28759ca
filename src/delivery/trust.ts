import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/**
 * What TLS shall trust when certificates are added: an explicit list replaces Node's own, so its own has to be
 * in it. `undefined` without additions leaves everything to Node.
 *
 * @param extraCaFile the value of NODE_EXTRA_CA_CERTS, needed before Node 22.15
 */
export function trustedCertificates(
  added: readonly string[],
  extraCaFile: string | undefined,
): string[] | undefined {
  if (added.length === 0) return undefined;
  // With what `--use-system-ca` and NODE_EXTRA_CA_CERTS have added.
  if ('getCACertificates' in tls && typeof tls.getCACertificates === 'function') {
    const own: unknown = tls.getCACertificates('default');
    if (Array.isArray(own)) return [...own.filter((pem) => typeof pem === 'string'), ...added];
  }
  return [...tls.rootCertificates, ...readExtra(extraCaFile), ...added];
}

/** Node itself only warns about a file that it cannot read. */
function readExtra(file: string | undefined): string[] {
  if (file === undefined || file === '') return [];
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return [];
  }
}
