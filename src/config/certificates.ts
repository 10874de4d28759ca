import { X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import { invalid, list, type Parsed, type Parser, type Problem, valid } from './parser';
import { type Env, variable } from './process-env';
import { readSmallFile } from './read-small-file';

const MAX_FILE_BYTES = 1_048_576;
const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

const PEM_EXPECTED = 'PEM text with at least one certificate ("-----BEGIN CERTIFICATE-----")';
const FILE_EXPECTED = 'paths of PEM files with certificates';

/** PEM text in code; paths of PEM files in the variable. One item for each certificate. */
export const certificateParser: Parser<readonly string[]> = {
  fromCode(value) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    const certificates: string[] = [];
    const problems: Problem[] = [];
    for (const item of items) {
      const parsed = typeof item === 'string' ? parsePem(item) : invalid(PEM_EXPECTED, item);
      if (parsed.kind === 'value') certificates.push(...parsed.value);
      problems.push(...parsed.problems);
    }
    return problems.length > 0 ? { kind: 'nothing', problems } : valid(Object.freeze(certificates));
  },
  fromText(raw) {
    const files = list(readPemFile, FILE_EXPECTED).fromText(raw);
    return files.kind === 'value' ? { ...files, value: Object.freeze(files.value.flat()) } : files;
  },
};

/**
 * With those of NODE_EXTRA_CA_CERTS: naming any certificate replaces Node's own list, and Node 20 cannot
 * give back the extra ones that it has read at its start. Unreadable ones are Node's to warn about.
 */
export function withExtraCertificates(certificates: readonly string[], env: Env): readonly string[] {
  const extra = variable(env, 'NODE_EXTRA_CA_CERTS');
  if (certificates.length === 0 || extra === undefined) return certificates;
  const parsed = readPemFile(extra);
  return parsed.kind === 'value' ? Object.freeze([...certificates, ...parsed.value]) : certificates;
}

function readPemFile(path: string): Parsed<readonly string[]> {
  const file = readSmallFile(resolved(path), MAX_FILE_BYTES);
  if (file.kind === 'trouble') return invalid(`${FILE_EXPECTED} (it ${file.reason})`, path);
  const parsed = parsePem(file.text);
  return parsed.kind === 'value'
    ? parsed
    : invalid(`${FILE_EXPECTED} (it holds none that can be read)`, path);
}

function parsePem(text: string): Parsed<readonly string[]> {
  const certificates = text.match(PEM_CERTIFICATE) ?? [];
  // Not shown: it may be a private key.
  return certificates.length > 0 && certificates.every(isCertificate)
    ? valid(certificates)
    : invalid(PEM_EXPECTED);
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}

/** Relative to the working folder, which may be gone. */
function resolved(path: string): string {
  try {
    return resolve(path);
  } catch {
    return path;
  }
}
