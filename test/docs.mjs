// @ts-check
// Writes the parts of the README that come from code. `npm run docs`; a test fails when they are out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { settingsTable } = createRequire(import.meta.url)('../dist/config/settings-table.js');
const path = join(import.meta.dirname, '..', 'README.md');
const text = readFileSync(path, 'utf8').replace(
  /(<!-- settings:begin -->\n)[\s\S]*?(<!-- settings:end -->)/,
  (_all, begin, end) => `${begin}${settingsTable()}${end}`,
);
writeFileSync(path, text);
