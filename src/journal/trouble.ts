const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'no permission',
  EPERM: 'no permission',
  ENOENT: 'it is gone',
  ENOTDIR: 'a part of the path is no folder',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
  EIO: 'the disk fails',
};

/** Why a file could not be used, for people: the system's code and what it means. */
export function troubleOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined) return error.message;
  const words = WORDS[code];
  return words === undefined ? code : `${words} (${code})`;
}
