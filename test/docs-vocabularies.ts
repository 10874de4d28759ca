// Writes the table of docs/vocabularies.md from the fixtures; a part of `npm run docs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vocabulariesTable } from './mapping/vocabularies-table.js';

const path = join(import.meta.dirname, '..', 'docs', 'vocabularies.md');
const text = readFileSync(path, 'utf8').replace(
  /(<!-- table:begin -->\n)[\s\S]*?(<!-- table:end -->)/,
  (_all, begin, end) => `${begin}${vocabulariesTable()}\n${end}`,
);
writeFileSync(path, text);
