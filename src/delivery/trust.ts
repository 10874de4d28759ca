import type { SecureContext } from 'node:tls';
import { trustedCertificates } from '../lib/trusted-certificates';

/**
 * What TLS shall trust when certificates are added; made once, since reading the whole list takes about as long
 * as a handshake. `undefined` without additions leaves everything to Node.
 */
export function trustContext(added: readonly string[]): SecureContext | undefined {
  const ca = trustedCertificates(added);
  return ca && process.getBuiltinModule('node:tls').createSecureContext({ ca });
}
