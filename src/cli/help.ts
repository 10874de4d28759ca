import type { Command } from './command';
import { COMMON_OPTIONS, type OptionTable } from './command-line';

const PROGRAM = 'weex-ai-log';

/** The list of commands. */
export function programHelp(commands: readonly Command[]): string {
  return [
    `Usage: ${PROGRAM} <command> [options]`,
    '',
    'Looks after the AI logs that opentelemetry-exporter-weex delivers. Not affiliated with WEEX.',
    '',
    'Commands:',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Options:',
    ...columns([
      ['--help', 'print this help, or with a command its own'],
      ['--version', 'print the version'],
    ]),
  ].join('\n');
}

export function commandHelp(command: Command): string {
  return [
    usageLine(command),
    '',
    `${command.summary}.`,
    '',
    'Options:',
    ...columns(optionRows({ ...command.options, ...COMMON_OPTIONS })),
  ].join('\n');
}

export const usageLine = ({ name, synopsis }: Command): string =>
  `Usage: ${[PROGRAM, name, synopsis].filter((part) => part !== '').join(' ')}`;

const optionRows = (options: OptionTable): [string, string][] =>
  Object.entries(options).map(([name, { value, help }]) => [
    value === undefined ? `--${name}` : `--${name} ${value}`,
    help,
  ]);

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
