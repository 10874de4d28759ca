import { readFileSync } from 'node:fs';
import type { SecureContext } from 'node:tls';

/**
 * What TLS shall trust when certificates are added; made once, since reading the whole list takes about as long
 * as a handshake. `undefined` without additions leaves everything to Node.
 */
export async function trustContext(
  added: readonly string[],
  extraCaFile: string | undefined,
): Promise<SecureContext | undefined> {
  if (added.length === 0) return undefined;
  const ca = await trustedCertificates(added, extraCaFile);
  const { createSecureContext } = await import('node:tls');
  return createSecureContext({ ca });
}

/**
 * An explicit list replaces Node's own, so its own has to be in it.
 *
 * @param extraCaFile the value of NODE_EXTRA_CA_CERTS, needed before Node 22.15
 */
export async function trustedCertificates(
  added: readonly string[],
  extraCaFile: string | undefined,
): Promise<string[]> {
  const tls = await import('node:tls');
  // With what `--use-system-ca` and NODE_EXTRA_CA_CERTS have added.
  const getCaCertificates: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof getCaCertificates === 'function') {
    const own: unknown = getCaCertificates('default');
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
