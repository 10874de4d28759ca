import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutExplanation, derivedExplanation, isLongExplanation } from '../../src/entry/explanation.js';

const words = (count: number): string =>
  Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

describe('cutExplanation', () => {
  test.each([
    ['short text stays', 'RSI oversold, buy.', 'RSI oversold, buy.'],
    ['is trimmed', ' \n buy\t\n', 'buy'],
    ['newlines and tabs inside stay', 'a\n\tb', 'a\n\tb'],
    ['line ends of Windows become newlines', 'a\r\nb\rc', 'a\nb\nc'],
    ['control characters go', 'a\u0000b\u001b[31mc\u0085d', 'ab[31mcd'],
    ['lone surrogates and replacement characters go', 'a\ud800b\ufffdc\udc00', 'abc'],
    ['what is blank then is empty', ' \ufffd \u0000', ''],
    ['emoji stay', '🚀 buy 👨‍👩‍👧', '🚀 buy 👨‍👩‍👧'],
    ['1,000 characters stay', 'x'.repeat(1_000), 'x'.repeat(1_000)],
  ])('%s', (_, given, expected) => {
    expect(cutExplanation(given)).toBe(expected);
  });

  test('a longer text is cut after the last sentence that fits', () => {
    const sentence = 'The price of 44,950.50 is below the moving average. ';
    const cut = cutExplanation(sentence.repeat(40));
    expect(cut).toBe(`${sentence.repeat(19).trim()} …`);
    expect(cut.length).toBeLessThanOrEqual(1_000);
  });

  test('a decimal point ends no sentence', () => {
    const text = `${'a'.repeat(900)} 44950.5 ${'b'.repeat(300)}`;
    expect(cutExplanation(text)).toBe(`${'a'.repeat(900)} 44950.5…`);
  });

  test('a full stop right at the limit counts only when the sentence ends there', () => {
    const before = 'a '.repeat(498);
    expect(cutExplanation(`${before}b. Next`)).toBe(`${before}b. …`);
    expect(cutExplanation(`${before}1.5${'0'.repeat(50)}`)).toBe(`${before.trim()}…`);
  });

  test('without a sentence end in the second half it is cut after a word', () => {
    const cut = cutExplanation(`Short. ${words(300)}`);
    expect(cut).toMatch(/ word\d+…$/);
    expect(`Short. ${words(300)}`.startsWith(`${cut.slice(0, -1)} `)).toBe(true);
    expect(cut.length).toBeGreaterThan(985);
  });

  test('Chinese is cut after its full stop, or between words', () => {
    expect(cutExplanation('价格低于均线，买入。'.repeat(150))).toMatch(/买入。 …$/);
    const cut = cutExplanation('价格低于均线买入'.repeat(200));
    expect(cut.length).toBeGreaterThan(980);
    expect(cut.endsWith('…')).toBe(true);
  });

  test('no character is parted, joined emoji included', () => {
    const family = '👨‍👩‍👧';
    const cut = cutExplanation(family.repeat(300));
    expect(cut.slice(0, -1).replaceAll(family, '')).toBe('');
    expect(cutExplanation(`x${'🚀'.repeat(700)}`)).toMatch(/^x(?:🚀)+…$/u);
  });

  test('one character of a thousand marks is cut all the same', () => {
    const cut = cutExplanation(`a${'\u0301'.repeat(3_000)}`);
    expect(cut.length).toBeLessThanOrEqual(1_000);
    expect(cut.length).toBeGreaterThan(900);
  });

  test('whatever comes in, WEEX can take what comes out', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1_600 }),
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 1_600 })
        .map((units) => String.fromCharCode(...units)),
      fc.lorem({ maxCount: 60, mode: 'sentences' }).map((lorem) => lorem.repeat(3)),
    );
    fc.assert(
      fc.property(text, (given) => {
        const cut = cutExplanation(given);
        expect(cut.length).toBeLessThanOrEqual(1_000);
        expect([...cut].length).toBeLessThanOrEqual(1_000);
        expect(cut).toBe(cut.trim());
        expect(cut).not.toMatch(/[\p{Cs}\ufffd]|(?![\n\t])\p{Cc}/u);
        expect(cutExplanation(cut)).toBe(cut);
      }),
    );
  });

  test('10 MB take no longer than their beginning', () => {
    const huge = 'Buy. '.repeat(2_000_000);
    const started = performance.now();
    expect(cutExplanation(huge)).toMatch(/Buy\. …$/);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('text behind 20,000 characters that are removed is still found', () => {
    expect(cutExplanation(`x${'\u0000'.repeat(20_000)}y`)).toBe('xy');
  });
});

test('an explanation is long when WEEX does not get all of it', () => {
  expect(isLongExplanation('x'.repeat(1_000))).toBe(false);
  expect(isLongExplanation(`${'x'.repeat(1_000)}   `)).toBe(false);
  expect(isLongExplanation(`${'x'.repeat(999)}\u0000\u0000`)).toBe(false);
  expect(isLongExplanation('x'.repeat(1_001))).toBe(true);
});

test('a derived explanation is a sentence about the facts', () => {
  expect(derivedExplanation('Decision Making', 'gpt-4o', 1_234.4)).toBe(
    'Decision Making by gpt-4o in 1234 ms.',
  );
  expect(derivedExplanation('', '', 0)).toBe('A decision by an unnamed model.');
});
