import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { printable, processTerminal } from '../../src/cli/terminal.js';

function streams() {
  return Object.assign(new EventEmitter(), { stdout: new PassThrough(), stderr: new PassThrough() });
}

test('what a terminal would act on, or a reader be misled by, is taken out', () => {
  const text = 'BUY\u001b[2J\u0007 \u009b31m \u202eLLES\u202c \u2066x\u2069 \u2028 line\r over\u0000';
  expect(printable(text)).toBe('BUY[2J 31m LLES x  line over');
});

test('line breaks, tabs and letters of any script stay', () => {
  const text = 'a\tb\nżółw 模型 😀 مرحبا';
  expect(printable(text)).toBe(text);
});

test('results go to stdout and remarks to stderr, each with a line break', () => {
  const process = streams();
  const terminal = processTerminal(process);
  terminal.out('result\u001b');
  terminal.err('remark\u0007');
  expect(String(process.stdout.read())).toBe('result\n');
  expect(String(process.stderr.read())).toBe('remark\n');
});

test('JSON keeps its value: such characters are spelled', () => {
  const process = streams();
  const value = { text: '\u001b[31m \u202e \u2028 \u009b "q" \\ \n' };
  processTerminal(process).json(value);
  const line = String(process.stdout.read());
  expect(line).toMatch(/^[\x20-\x7e]+\n$/);
  expect(JSON.parse(line)).toEqual(value);
});

test('a reader that closed the pipe is no failure', () => {
  const process = streams();
  processTerminal(process);
  expect(() => process.stdout.emit('error', new Error('EPIPE'))).not.toThrow();
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  test(`${signal} stops a command; the second is left to the process`, async () => {
    const process = streams();
    const stopped = processTerminal(process).untilStopped();
    process.emit(signal);
    await stopped;
    expect(process.listenerCount(signal)).toBe(0);
  });
}
