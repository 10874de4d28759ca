import { describe, expect, test } from 'vitest';
import { type Command, done, wrongUsage } from '../../src/cli/command.js';
import { COMMANDS } from '../../src/cli/command-table.js';
import { runProgram } from '../../src/cli/run.js';
import { RecordingTerminal } from './recording-terminal.js';

/** Prints what it was given, and ends as its argument says. */
const echo: Command = {
  name: 'echo',
  synopsis: '[END] [--size N] [--set NAME=VALUE]',
  summary: 'Prints what it was given',
  options: {
    size: { type: 'string', value: 'N', help: 'a size' },
    set: { type: 'string', multiple: true, value: 'NAME=VALUE', help: 'a value' },
    loud: { type: 'boolean', help: 'louder' },
  },
  maxArguments: 1,
  async run(line, terminal) {
    const [end] = line.args;
    if (end === 'throw') throw new Error('no such folder');
    if (end === 'wrong') return wrongUsage('END must be well');
    terminal.json({
      end,
      size: line.text('size'),
      set: line.texts('set'),
      loud: line.flag('loud'),
      json: line.flag('json'),
      account: line.text('account'),
      journalDir: line.text('journal-dir'),
    });
    return done(end === 'gaps' ? 1 : 0);
  },
};

async function run(...args: string[]) {
  const terminal = new RecordingTerminal();
  const status = await runProgram(args, { commands: [echo], version: () => '1.2.3' }, terminal);
  return { status, out: terminal.outText, err: terminal.errText };
}

describe('the program', () => {
  for (const flag of ['--help', '-h', 'help']) {
    test(`prints its commands on ${flag}`, async () => {
      const { status, out, err } = await run(flag);
      expect([status, err]).toEqual([0, '']);
      expect(out).toContain('Usage: weex-ai-log <command>');
      expect(out).toContain('  echo  Prints what it was given');
    });
  }

  for (const flag of ['--version', '-v']) {
    test(`prints its version on ${flag}`, async () => {
      expect(await run(flag)).toEqual({ status: 0, out: '1.2.3\n', err: '' });
    });
  }

  const wrong = [
    { args: [], problem: 'expected a command' },
    { args: ['drian'], problem: 'there is no command "drian"' },
    { args: ['--json'], problem: 'there is no option "--json"' },
  ];
  for (const { args, problem } of wrong) {
    test(`ends with 2 and says what there is for "${args.join(' ')}"`, async () => {
      const { status, out, err } = await run(...args);
      expect([status, out]).toEqual([2, '']);
      expect(err).toContain(`weex-ai-log: ${problem}`);
      expect(err).toContain('Commands:');
    });
  }
});

describe('a command', () => {
  test('gets its own options and the common ones', async () => {
    const { status, out } = await run(
      ...['echo', 'fine', '--size', '3', '--set', 'a=1', '--set=b=2', '--loud', '--json'],
      ...['--account', 'bot', '--journal-dir', '/tmp/j'],
    );
    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual({
      end: 'fine',
      size: '3',
      set: ['a=1', 'b=2'],
      loud: true,
      json: true,
      account: 'bot',
      journalDir: '/tmp/j',
    });
  });

  test('has no value for what was not given', async () => {
    expect(JSON.parse((await run('echo')).out)).toEqual({ set: [], loud: false, json: false });
  });

  test('ends with its own status', async () => {
    expect((await run('echo', 'gaps')).status).toBe(1);
  });

  test('prints its help, with every option', async () => {
    const { status, out } = await run('echo', '--help');
    expect(status).toBe(0);
    expect(out).toContain('Usage: weex-ai-log echo [END] [--size N]');
    for (const option of ['--size N', '--loud', '--json', '--account NAME', '--journal-dir DIR', '--help']) {
      expect(out).toContain(`  ${option} `);
    }
  });

  test('that throws ends with 1 and one line', async () => {
    expect(await run('echo', 'throw')).toEqual({
      status: 1,
      out: '',
      err: 'weex-ai-log echo: no such folder\n',
    });
  });

  const wrong = [
    { args: ['wrong'], problem: 'END must be well' },
    { args: ['a', 'b'], problem: 'unexpected argument "b"' },
    { args: ['--nope'], problem: "Unknown option '--nope'" },
    { args: ['--size'], problem: "Option '--size <value>' argument missing" },
    { args: ['--loud=yes'], problem: "Option '--loud' does not take an argument" },
    { args: ['--size', '1', '--size', '2'], problem: '--size is given more than once' },
  ];
  for (const { args, problem } of wrong) {
    test(`called as "${args.join(' ')}" ends with 2 and its usage`, async () => {
      const { status, out, err } = await run('echo', ...args);
      expect([status, out]).toEqual([2, '']);
      expect(err).toContain(`weex-ai-log: ${problem}`);
      expect(err).toContain('Usage: weex-ai-log echo');
      expect(err).toContain('weex-ai-log echo --help');
    });
  }
});

test('every command of the table has a name of its own and speaks plainly', () => {
  const names = COMMANDS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, summary } of COMMANDS) {
    expect(name).toMatch(/^[a-z]+$/);
    expect(summary).toMatch(/^[A-Z].*[^.]$/);
  }
});
