import type { Command } from './command';
import { readCommandLine } from './command-line';
import { commandHelp, programHelp, usageLine } from './help';
import type { Terminal } from './terminal';

const WRONG_USAGE = 2;
const FAILED = 1;

/** What the program needs to know of itself. */
export interface Program {
  readonly commands: readonly Command[];
  readonly version: () => string;
}

/** Finds the command, runs it, and gives the exit status: 2 for wrong usage, 1 when the command failed. */
export async function runProgram(
  args: readonly string[],
  program: Program,
  terminal: Terminal,
): Promise<number> {
  const { commands } = program;
  const [first, ...rest] = args;
  if (first === '--help' || first === '-h' || first === 'help') {
    terminal.out(programHelp(commands));
    return 0;
  }
  if (first === '--version' || first === '-v') {
    terminal.out(program.version());
    return 0;
  }
  if (first === undefined) return wrong(terminal, 'expected a command', programHelp(commands));
  const command = commands.find(({ name }) => name === first);
  if (command === undefined) {
    const kind = first.startsWith('-') ? 'option' : 'command';
    return wrong(terminal, `there is no ${kind} "${first}"`, programHelp(commands));
  }
  return runCommand(command, rest, terminal);
}

async function runCommand(command: Command, args: readonly string[], terminal: Terminal): Promise<number> {
  const help = `${usageLine(command)}\nMore: weex-ai-log ${command.name} --help`;
  const read = readCommandLine(args, command.options, command.maxArguments ?? 0);
  if (read.kind === 'wrong') return wrong(terminal, read.problem, help);
  if (read.line.flag('help')) {
    terminal.out(commandHelp(command));
    return 0;
  }
  try {
    const outcome = await command.run(read.line, terminal);
    switch (outcome.kind) {
      case 'done':
        return outcome.exitStatus;
      case 'wrong-usage':
        return wrong(terminal, outcome.problem, help);
    }
  } catch (error) {
    terminal.err(`weex-ai-log ${command.name}: ${error instanceof Error ? error.message : String(error)}`);
    return FAILED;
  }
}

function wrong(terminal: Terminal, problem: string, help: string): number {
  terminal.err(`weex-ai-log: ${problem}\n\n${help}`);
  return WRONG_USAGE;
}
