import { describe, expect, it } from 'vitest';
import { createNameFilter } from '../../src/mapping/name-filter.js';

const includes = (pattern: string, name: string): boolean =>
  createNameFilter({ include: [pattern], exclude: [] })([name]) === 'passed';

describe('a name pattern', () => {
  it.each([
    ['ai', 'ai', true],
    ['ai', 'AI', false],
    ['ai', 'ai.x', false],
    ['ai*', 'ai.generateText', true],
    ['ai*', 'ai', true],
    ['*agents', '@arizeai/openinference-instrumentation-openai-agents', true],
    ['@arizeai/*-openai', '@arizeai/openinference-instrumentation-openai', true],
    ['@arizeai/*-openai', '@arizeai/openinference-instrumentation-openai-agents', false],
    ['*openai*', '@opentelemetry/instrumentation-openai', true],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'acb', false],
    ['ab*ba', 'aba', false],
    ['*', '', true],
    ['**', 'x', true],
    ['.*', 'anything', false],
    ['', 'x', false],
  ])('%j against %j: %j', (pattern, name, expected) => {
    expect(includes(pattern, name)).toBe(expected);
  });

  it('takes no longer for a pattern made to be slow', () => {
    const begun = performance.now();
    expect(includes(`${'*a'.repeat(500)}b`, 'a'.repeat(50_000))).toBe(false);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe('a name filter', () => {
  const filter = createNameFilter({ include: ['bot', 'strategy *'], exclude: ['strategy test*'] });

  it.each([
    [['bot', 'decide'], 'passed'],
    [['lib', 'strategy BTC'], 'passed'],
    [['lib', 'decide'], 'not-included'],
    [['bot', 'strategy test 1'], 'excluded'],
    [[], 'not-included'],
  ])('of the names %j says %j', (names, verdict) => {
    expect(filter(names)).toBe(verdict);
  });

  it('lets everything pass without patterns', () => {
    expect(createNameFilter({ include: [], exclude: [] })(['x'])).toBe('passed');
  });
});
