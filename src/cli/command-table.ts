import type { Command } from './command';
import { coverageCommand } from './commands/coverage';
import { doctorCommand } from './commands/doctor';
import { drainCommand } from './commands/drain';
import { emulatorCommand } from './commands/emulator';
import { evidenceCommand } from './commands/evidence';
import { redriveCommand } from './commands/redrive';
import { reportCommand } from './commands/report';
import { settleCommand } from './commands/settle';
import { statusCommand } from './commands/status';
import { verifyCommand } from './commands/verify';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  doctorCommand,
  statusCommand,
  drainCommand,
  redriveCommand,
  settleCommand,
  coverageCommand,
  verifyCommand,
  evidenceCommand,
  reportCommand,
  emulatorCommand,
];
