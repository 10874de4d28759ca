import type { Command } from './command';
import { emulatorCommand } from './commands/emulator';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [emulatorCommand];
