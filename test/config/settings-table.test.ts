import { describe, expect, it } from 'vitest';
import { settingsTable } from '../../src/config/settings-table.js';

describe('the table of settings', () => {
  const lines = settingsTable().trimEnd().split('\n');

  it('is a Markdown table whose rows have the columns of its head', () => {
    const columns = (line: string) => line.replaceAll('\\|', '').split('|').length;
    expect(lines.length).toBeGreaterThan(30);
    for (const line of lines) expect(columns(line)).toBe(columns(lines[0] ?? ''));
  });

  it.each([
    ['apiKey', 'WEEX_API_KEY', 'WEEX_API_KEY_FILE', 'required'],
    ['apiSecret', 'WEEX_API_SECRET', 'WEEX_SECRET_KEY', 'WEEX_SECRET_KEY_FILE'],
    ['apiPassphrase', 'WEEX_API_PASSPHRASE', 'WEEX_PASSPHRASE', 'WEEX_PASSPHRASE_FILE'],
    ['endpoint', 'OTEL_EXPORTER_WEEX_ENDPOINT', 'WEEX_AI_API_BASE', 'WEEX_API_BASE'],
    ['timeoutMillis', 'OTEL_EXPORTER_WEEX_TIMEOUT', '10000', 'ms'],
    ['linkWindowMillis', 'OTEL_EXPORTER_WEEX_LINK_WINDOW', '20000', 'ms'],
    ['ca', 'OTEL_EXPORTER_WEEX_CERTIFICATE', 'none', 'PEM'],
    ['filter', '-', 'none', '`filter(entry, span)`'],
    ['proxy', 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'],
  ])('has a row for %s with %s', (option, ...words) => {
    const row = lines.find(
      (line) => line.startsWith(`| \`${option}\` |`) || line.startsWith(`| ${option} |`),
    );
    for (const word of words) expect(row?.toLowerCase()).toContain(word.toLowerCase());
  });
});
