import { describe, expect, test } from 'vitest';
import { PAGE_LOOK } from '../../src/page/look.js';

/** Names and colours of the blocks of custom properties: light first, then dark. */
const [light = new Map(), dark = new Map()] = [...PAGE_LOOK.matchAll(/:root \{([^}]*)\}/g)].map(
  ([, block = '']) =>
    new Map(
      [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour]),
    ),
);

/** Relative luminance as WCAG defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [brighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (brighter + 0.05) / (darker + 0.05);
}

const TEXTS = ['ink', 'soft', 'accent', 'bad', 'warn', 'good', 'idle'];
const SURFACES = ['paper', 'card', 'sunk'];
const MARKS = ['mark-good', 'mark-idle', 'mark-bad', 'mark-odd', 'mark-off', 'mark-warn', 'edge'];

describe.each([
  { scheme: 'light', colours: light },
  { scheme: 'dark', colours: dark },
])('the colours of the $scheme scheme', ({ colours }) => {
  const between = (one: string, other: string): number => {
    const [first, second] = [colours.get(one), colours.get(other)];
    if (first === undefined || second === undefined) throw new Error(`no colour ${one} or ${other}`);
    return contrast(first, second);
  };

  test.each(TEXTS)('%s is read on every surface', (text) => {
    for (const surface of SURFACES) expect(between(text, surface), surface).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['bad', 'warn', 'good', 'idle'])('%s is read on its own ground', (tone) => {
    expect(between(tone, `${tone}-ground`)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['key', 'text', 'number'])('%s of JSON is read on its ground', (colour) => {
    expect(between(colour, 'sunk')).toBeGreaterThanOrEqual(4.5);
  });

  test.each(MARKS)('%s stands out from a card', (mark) => {
    expect(between(mark, 'card')).toBeGreaterThanOrEqual(3);
  });
});
