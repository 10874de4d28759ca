import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWeexEmulator, type WeexEmulator } from 'opentelemetry-exporter-weex/emulator';
import { onTestFinished, vi } from 'vitest';
import type { Command } from '../../../src/cli/command.js';
import { COMMANDS } from '../../../src/cli/command-table.js';
import { runProgram } from '../../../src/cli/run.js';
import { type EntryHistory, readEntries } from '../../../src/journal/read-entries.js';
import { WeexSpanProcessor } from '../../../src/otel/weex-span-processor.js';
import { startTracing } from '../../helpers/tracing.js';
import { RecordingTerminal } from '../recording-terminal.js';

export interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface TradingAccount {
  readonly weex: WeexEmulator;
  readonly journalDir: string;
  readonly folder: string;
  /** Runs a bot that makes these decisions, waits for what WEEX says, and ends. */
  bot(...decisions: Readonly<Record<string, string>>[]): Promise<void>;
  /** Runs a bot that ends while WEEX is down; WEEX stays down. */
  leave(...decisions: Readonly<Record<string, string>>[]): Promise<void>;
  /** Runs a command on the account's folder. */
  command(...args: string[]): Promise<Run>;
  /** The same with `--json`. */
  json(...args: string[]): Promise<{ status: number; value: Record<string, unknown> }>;
  entries(): Promise<EntryHistory[]>;
}

/** A decision that WEEX takes. */
export const DECISION = {
  'ai.stage': 'decision',
  'ai.model': 'gpt-5-2026-08-06',
  'ai.input': '{"symbol":"BTCUSDT","ids":[596471064624628269]}',
  'ai.output': '{"action":"buy","size":0.010}',
  'ai.explanation': 'RSI 28 is oversold.',
};

/** A WEEX stand-in and a journal folder made by real pipelines, for the commands to work on. */
export async function tradingAccount(commands: readonly Command[] = COMMANDS): Promise<TradingAccount> {
  const weex = await startWeexEmulator();
  const journalDir = mkdtempSync(join(tmpdir(), 'weex-cli-'));
  onTestFinished(async () => {
    await weex.close();
    rmSync(journalDir, { recursive: true, force: true });
  });
  vi.stubEnv('OTEL_EXPORTER_WEEX_ENDPOINT', weex.url);
  vi.stubEnv('OTEL_EXPORTER_WEEX_LINK_WINDOW', '0');
  vi.stubEnv('OTEL_EXPORTER_WEEX_ACCOUNT', 'bot');
  vi.stubEnv('OTEL_LOG_LEVEL', 'none');
  vi.stubEnv('WEEX_API_KEY', weex.credentials.apiKey);
  vi.stubEnv('WEEX_API_SECRET', weex.credentials.apiSecret);
  vi.stubEnv('WEEX_API_PASSPHRASE', weex.credentials.apiPassphrase);
  const folder = join(journalDir, 'bot');

  const command = async (...args: string[]): Promise<Run> => {
    const terminal = new RecordingTerminal();
    // Stays until the command ends by itself; a test of the real signal starts a process.
    terminal.untilStopped = () => new Promise(() => {});
    const program = { commands, version: () => '0' };
    const status = await runProgram([...args, '--journal-dir', journalDir], program, terminal);
    return { status, out: terminal.outText, err: terminal.errText };
  };
  const bot = async (decisions: readonly Readonly<Record<string, string>>[], timeoutMillis: number) => {
    const processor = new WeexSpanProcessor({ journalDir, account: 'bot' });
    const { tracer } = startTracing({ processors: [processor] });
    for (const attributes of decisions) tracer.startSpan('decision', { attributes }).end();
    await processor.shutdown({ timeoutMillis });
  };
  return {
    weex,
    journalDir,
    folder,
    command,
    bot: (...decisions) => bot(decisions, 10_000),
    async leave(...decisions) {
      weex.script({ status: 503, times: Number.POSITIVE_INFINITY });
      await bot(decisions, 100);
    },
    async json(...args) {
      const { status, out } = await command(...args, '--json');
      return { status, value: JSON.parse(out) };
    },
    async entries() {
      const entries: EntryHistory[] = [];
      for await (const entry of readEntries(folder)) entries.push(entry);
      return entries;
    },
  };
}
