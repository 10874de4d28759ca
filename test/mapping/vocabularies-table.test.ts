import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { vocabulariesTable } from './vocabularies-table.js';

it('docs/vocabularies.md has the table of what the fixtures hold (else: npm run docs)', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'vocabularies.md'), 'utf8');
  expect(page).toContain(`<!-- table:begin -->\n${vocabulariesTable()}\n<!-- table:end -->`);
});
