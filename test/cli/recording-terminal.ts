import type { Terminal } from '../../src/cli/terminal.js';

/** A terminal that keeps what is written to it. */
export class RecordingTerminal implements Terminal {
  outText = '';
  errText = '';

  out(line: string): void {
    this.outText += `${line}\n`;
  }

  err(line: string): void {
    this.errText += `${line}\n`;
  }

  json(value: unknown): void {
    this.out(JSON.stringify(value));
  }

  async untilStopped(): Promise<void> {}
}
