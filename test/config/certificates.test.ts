import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeCertificate } from '../helpers/certificate.js';
import { resolveLive } from '../helpers/resolve-with.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const one = makeCertificate();
const two = makeCertificate();
const pem = (text: string) => text.trim();

describe('certificates', () => {
  it('are PEM text in code, one item for each', () => {
    expect(resolveLive({ ca: one.cert }).settings?.ca).toEqual([pem(one.cert)]);
    expect(resolveLive({ ca: [`a comment\n${one.cert}\n${two.cert}`, two.cert] }).settings?.ca).toEqual(
      [one.cert, two.cert, two.cert].map(pem),
    );
  });

  it.each([
    ['a path', '/etc/ssl/ca.pem'],
    ['a key, which is not shown', one.key],
    ['a damaged one', one.cert.replace(/\n.{64}\n/, '\n')],
    ['a number', 5],
  ])('cannot be %s', (_what, ca) => {
    const { problems } = resolveLive({ ca });
    expect(problems).toEqual([expect.stringMatching(/^ca: expected PEM text with at least one certificate/)]);
    expect(problems[0]).not.toContain('PRIVATE');
  });

  it('come from the files that the variable names, and a bad file costs only itself', () => {
    const folder = temporaryFolder();
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const paths = [file('1', one.cert), file('2', 'nothing'), join(folder, '3'), file('4', two.cert)];
    const { settings, warnings } = resolveLive({}, { OTEL_EXPORTER_WEEX_CERTIFICATE: paths.join(', ') });
    expect(settings?.ca).toEqual([one.cert, two.cert].map(pem));
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain(`"${paths[1]}"`);
    expect(warnings[1]).toContain('ENOENT');
  });

  it('do not push out those of NODE_EXTRA_CA_CERTS, which add nothing by themselves', () => {
    const extra = join(temporaryFolder(), 'extra.pem');
    writeFileSync(extra, two.cert);
    const env = { NODE_EXTRA_CA_CERTS: extra };
    expect(resolveLive({ ca: one.cert }, env).settings?.ca).toEqual([one.cert, two.cert].map(pem));
    expect(resolveLive({}, env).settings?.ca).toEqual([]);
    expect(resolveLive({ ca: one.cert }, { NODE_EXTRA_CA_CERTS: '/none' }).settings?.ca).toHaveLength(1);
  });
});
