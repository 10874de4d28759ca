#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from './command-table';
import { runProgram } from './run';
import { processTerminal } from './terminal';

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return known ? String(manifest.version) : 'unknown';
}

runProgram(process.argv.slice(2), { commands: COMMANDS, version }, processTerminal(process)).then(
  (status) => {
    // Not `process.exit`: what was written to a pipe must arrive.
    process.exitCode = status;
  },
);
