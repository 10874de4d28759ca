import type { CommandLine, OptionTable } from './command-line';
import type { Terminal } from './terminal';

/** How a command ended: with an exit status, or because it was called wrongly (then the status is 2). */
export type CommandOutcome =
  | { readonly kind: 'done'; readonly exitStatus: number }
  | { readonly kind: 'wrong-usage'; readonly problem: string };

/** One command of `weex-ai-log`. */
export interface Command {
  readonly name: string;
  /** What comes after the name, for the usage line: `[--port N]`. */
  readonly synopsis: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Its own options; the common ones are known anyway. */
  readonly options: OptionTable;
  /** The most arguments that are no options. @default 0 */
  readonly maxArguments?: number;
  run(line: CommandLine, terminal: Terminal): Promise<CommandOutcome>;
}

export const done = (exitStatus: number): CommandOutcome => ({ kind: 'done', exitStatus });

export const wrongUsage = (problem: string): CommandOutcome => ({ kind: 'wrong-usage', problem });
