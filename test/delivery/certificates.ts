import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificates {
  /** The authority's own certificate, which nobody trusts by default. */
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
}

/** An authority and a certificate for `weex.test` and 127.0.0.1, made by OpenSSL and good for a day. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'weex-certificates-'));
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  };
  try {
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    openssl(
      ...['req', '-x509', ...newKey, '-days', '1', '-subj', '/CN=Test authority'],
      ...['-keyout', 'ca.key', '-out', 'ca.pem', '-addext', 'basicConstraints=critical,CA:TRUE'],
    );
    openssl('req', ...newKey, '-subj', '/CN=weex.test', '-keyout', 'server.key', '-out', 'server.csr');
    writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:weex.test,IP:127.0.0.1\n');
    openssl(
      ...['x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
      ...['-days', '1', '-extfile', 'names', '-out', 'server.pem'],
    );
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    return { ca: read('ca.pem'), key: read('server.key'), cert: read('server.pem') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
