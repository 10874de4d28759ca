import { isAbsolute, resolve } from 'node:path';
import { plainLine } from '../lib/plain-line';
import { readSmallFile } from './read-small-file';
import type { Credentials } from './settings';

export type CredentialName = keyof Credentials;

/** One place that may hold a credential. */
export interface CredentialPlace {
  /** The option or variable, for messages. */
  readonly name: string;
  /** What it holds may change while the bot runs. */
  readonly isFile: boolean;
  read(): CredentialReading;
}

export type CredentialReading =
  | { readonly kind: 'value'; readonly value: string }
  /** `reason` follows the place's name in a message and never repeats the value. */
  | { readonly kind: 'trouble'; readonly reason: string };

const MAX_FILE_BYTES = 65_536;
const MAX_LENGTH = 4_096;

export function textPlace(credential: CredentialName, name: string, value: unknown): CredentialPlace {
  const reading =
    typeof value === 'string' ? checked(credential, value) : trouble(`expected text, got ${typeof value}`);
  return { name, isFile: false, read: () => reading };
}

export function filePlace(credential: CredentialName, name: string, path: string): CredentialPlace {
  // Absolute from the start: the bot may change its working folder before the file is read again.
  const file = absolute(path);
  const shown = showPath(path);
  return {
    name,
    isFile: true,
    read() {
      const content = readSmallFile(file, MAX_FILE_BYTES);
      if (content.kind === 'trouble') return trouble(`${shown} ${content.reason}`);
      const value = content.text.trim();
      if (value === '') return trouble(`${shown} is empty`);
      const reading = checked(credential, value);
      return reading.kind === 'value' ? reading : trouble(`${reading.reason}, in ${shown}`);
    },
  };
}

/** Key and passphrase travel as header lines: a line end in one would be a header of somebody's choice. */
function checked(credential: CredentialName, value: string): CredentialReading {
  if (/\p{Cc}/u.test(value)) return trouble('holds a control character, such as a line end');
  if (value.trim() !== value) return trouble('has white space around it');
  if (value.length > MAX_LENGTH) return trouble(`is longer than ${MAX_LENGTH} characters`);
  if (credential !== 'apiSecret' && !/^[\x20-\xff]*$/.test(value)) {
    return trouble('holds a character that cannot stand in an HTTP header');
  }
  return { kind: 'value', value };
}

/** A secret that somebody put where its file's path belongs is not repeated. */
const showPath = (path: string): string =>
  isAbsolute(path) || /^[.~]|\.(txt|key|secret)$/i.test(path)
    ? plainLine(path, 300)
    : `the relative path of ${path.length} characters`;

/** As it stands if the working folder is gone. */
function absolute(path: string): string {
  try {
    return resolve(path);
  } catch {
    return path;
  }
}

const trouble = (reason: string): CredentialReading => ({ kind: 'trouble', reason });
