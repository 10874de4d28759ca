import { parseArgs } from 'node:util';

/** An option of a command. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** May be given several times. */
  readonly multiple?: boolean;
  /** What the value stands for in the help: `N`, `FILE`. */
  readonly value?: string;
  readonly help: string;
}

export type OptionTable = Readonly<Record<string, Option>>;

/** Every command has these. */
export const COMMON_OPTIONS: OptionTable = {
  json: { type: 'boolean', help: 'print JSON for programs' },
  account: { type: 'string', value: 'NAME', help: "the account's name, as in OTEL_EXPORTER_WEEX_ACCOUNT" },
  'journal-dir': {
    type: 'string',
    value: 'DIR',
    help: 'the journal, as in OTEL_EXPORTER_WEEX_JOURNAL_DIR',
  },
  help: { type: 'boolean', help: 'print this help' },
};

/** What a person typed after the command's name. */
export interface CommandLine {
  readonly args: readonly string[];
  flag(name: string): boolean;
  /** The value of an option; the last one when it was given several times. */
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
}

export type CommandLineRead =
  | { readonly kind: 'read'; readonly line: CommandLine }
  | { readonly kind: 'wrong'; readonly problem: string };

export function readCommandLine(
  args: readonly string[],
  options: OptionTable,
  maxArguments: number,
): CommandLineRead {
  const known = Object.entries({ ...options, ...COMMON_OPTIONS });
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: Object.fromEntries(known.map(([name, { type }]) => [name, { type, multiple: true }])),
      allowPositionals: true,
      strict: true,
    });
    const surplus = positionals[maxArguments];
    if (surplus !== undefined) return { kind: 'wrong', problem: `unexpected argument "${surplus}"` };
    const all = (name: string): (string | boolean)[] => [values[name] ?? []].flat();
    for (const [name, option] of known) {
      if (option.type === 'string' && option.multiple !== true && all(name).length > 1) {
        return { kind: 'wrong', problem: `--${name} is given more than once` };
      }
    }
    const texts = (name: string): string[] => all(name).filter((value) => typeof value === 'string');
    return {
      kind: 'read',
      line: {
        args: positionals,
        flag: (name) => all(name).includes(true),
        text: (name) => texts(name).at(-1),
        texts,
      },
    };
  } catch (error) {
    return { kind: 'wrong', problem: error instanceof Error ? firstSentence(error.message) : String(error) };
  }
}

/** Node's message for an unknown option goes on with advice about `--` that fits no command here. */
const firstSentence = (text: string): string => text.split('. ')[0] ?? text;
