import { startWeexEmulator } from '../../emulator/start-emulator';
import { type Command, done, wrongUsage } from '../command';

/** The emulator for a person: it runs until it is stopped. */
export const emulatorCommand: Command = {
  name: 'emulator',
  synopsis: '[--port N] [--host ADDRESS] [--json]',
  summary: 'Runs a stand-in for WEEX, with a page that shows the logs as they arrive',
  options: {
    port: { type: 'string', value: 'N', help: 'the port to listen on; default: a free one' },
    host: { type: 'string', value: 'ADDRESS', help: 'the address to listen on; default: 127.0.0.1' },
  },

  async run(line, terminal) {
    const port = line.text('port') ?? '0';
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
      return wrongUsage(`expected --port to be a number from 0 to 65535, got "${port}"`);
    }
    const host = line.text('host');
    if (host === '') return wrongUsage('expected --host to be an address, got an empty text');
    // Before the start: a signal that comes while it starts must stop it too.
    const stopped = terminal.untilStopped();
    const emulator = await startWeexEmulator({ port: Number(port), host });
    const environment = environmentOf(emulator, line.text('account'), line.text('journal-dir'));
    if (line.flag('json')) {
      const { url, credentials } = emulator;
      terminal.json({ url, credentials, environment });
    } else {
      terminal.err('A stand-in for WEEX: nothing that is sent to it reaches WEEX.');
      terminal.err(`Logs as they arrive: ${emulator.url}/   Stop: Ctrl+C   For the bot's environment:\n`);
      for (const [name, value] of Object.entries(environment)) {
        terminal.out(`export ${name}=${shellWord(value)}`);
      }
    }
    await stopped;
    const { accepted, refused, faults } = emulator.stats();
    await emulator.close();
    if (!line.flag('json'))
      terminal.err(`\nLogs taken: ${accepted}. Refused: ${refused}. Faults met: ${faults}.`);
    return done(0);
  },
};

interface Started {
  readonly url: string;
  readonly credentials: {
    readonly apiKey: string;
    readonly apiSecret: string;
    readonly apiPassphrase: string;
  };
}

/** What points a bot at the emulator, under the variables that the exporter reads. */
function environmentOf(
  { url, credentials }: Started,
  account: string | undefined,
  journalDir: string | undefined,
): Record<string, string> {
  return {
    OTEL_EXPORTER_WEEX_ENDPOINT: url,
    WEEX_API_KEY: credentials.apiKey,
    WEEX_API_SECRET: credentials.apiSecret,
    WEEX_API_PASSPHRASE: credentials.apiPassphrase,
    ...(account === undefined ? {} : { OTEL_EXPORTER_WEEX_ACCOUNT: account }),
    ...(journalDir === undefined ? {} : { OTEL_EXPORTER_WEEX_JOURNAL_DIR: journalDir }),
  };
}

const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
