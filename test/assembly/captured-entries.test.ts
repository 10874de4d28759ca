import { describe, expect, it } from 'vitest';
import { captureFiles, readCapture } from '../mapping/captured-spans.js';
import { entriesOf, outcomeLine } from './captured-entries.js';
import { EXPECTED_ENTRIES } from './expected-entries.js';

describe('the traces of real libraries', () => {
  it.each(captureFiles())('%s', (file) => {
    const lines = entriesOf(readCapture(file)).flatMap((outcome) => outcomeLine(outcome) ?? []);
    expect(lines).toEqual(EXPECTED_ENTRIES[file.replace(/\.json$/, '')]);
  });
});
