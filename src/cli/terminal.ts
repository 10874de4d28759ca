/** Where a command writes. What goes to `out` is the result; remarks and problems go to `err`. */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  /** One line of JSON to `out`, with its value unchanged. */
  json(value: unknown): void;
  /** How long work stands, in a line that the next one replaces; shown to a person, never put into a file. */
  progress(text: string): void;
  /** Resolves when the person (or the system) asks the command to stop. */
  untilStopped(): Promise<void>;
}

/** The streams of a process, as far as they are used here. */
export interface ProcessStreams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  once(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

export function processTerminal(streams: ProcessStreams): Terminal {
  // A reader that has seen enough (`| head -1`) closes the pipe; that is no failure of the command.
  for (const stream of [streams.stdout, streams.stderr]) stream.on('error', () => {});
  let showsProgress = false;
  const clearProgress = (): void => {
    if (showsProgress) streams.stderr.write(CLEAR_LINE);
    showsProgress = false;
  };
  const write = (stream: NodeJS.WritableStream, line: string): void => {
    clearProgress();
    stream.write(`${line}\n`);
  };
  return {
    out: (line) => write(streams.stdout, printable(line)),
    err: (line) => write(streams.stderr, printable(line)),
    json: (value) => write(streams.stdout, safeJson(value)),
    progress(text) {
      if (streams.stderr.isTTY !== true) return;
      clearProgress();
      streams.stderr.write(printable(text));
      showsProgress = true;
    },
    // `once`: a second signal finds no listener and ends the process at once.
    untilStopped: () =>
      new Promise((resolve) => {
        streams.once('SIGINT', resolve);
        streams.once('SIGTERM', resolve);
      }),
  };
}

const CLEAR_LINE = '\r\u001b[2K';

/**
 * Control characters, and those that change the direction of text: a terminal would act on them, and a reader
 * could be misled by them. Entries hold model output. Line breaks and tabs are not among them.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The text without what a terminal would act on. */
export const printable = (text: string): string => text.replace(UNSAFE, '');

/** In JSON such a character can be spelled, so nothing is lost. */
const safeJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
