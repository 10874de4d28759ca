// @ts-check
// Three panels side by side, both axes by powers of ten: what grows in proportion is a straight line that rises as much
// as it goes to the right, and what does not grow is level. Dotted: exactly that, through the last point.

const PANEL = { width: 300, height: 240, gap: 60, left: 60, top: 50 };
const INK = '#444';
const CURVE = '#1f6feb';

/**
 * @typedef {{
 *   title: string, xUnit: string, yUnit: string, grows: number, points: readonly { x: number, y: number }[],
 * }} Curve
 */

/** @param {number} value */
const short = (value) =>
  value >= 1e6
    ? `${value / 1e6}M`
    : value >= 1_000
      ? `${value / 1_000}k`
      : String(Number(value.toPrecision(2)));

/** Whole powers of ten around the values. @param {readonly number[]} values */
function decades(values) {
  const from = Math.floor(Math.log10(Math.min(...values)));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values))));
  return { from, to, marks: Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i)) };
}

/** @param {string} text @param {number} x @param {number} y @param {string} [more] */
const label = (text, x, y, more = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${INK}" ${more}>${text}</text>`;

/** @param {Curve} curve @param {number} index */
function panel({ title, xUnit, yUnit, grows, points }, index) {
  const left = PANEL.left + index * (PANEL.width + PANEL.gap);
  const xs = decades(points.map(({ x }) => x));
  const ys = decades(points.map(({ y }) => y));
  const atX = (/** @type {number} */ x) =>
    left + ((Math.log10(x) - xs.from) / (xs.to - xs.from)) * PANEL.width;
  const atY = (/** @type {number} */ y) =>
    PANEL.top + PANEL.height - ((Math.log10(y) - ys.from) / (ys.to - ys.from)) * PANEL.height;
  const bottom = PANEL.top + PANEL.height;
  const end = points.at(-1) ?? { x: 1, y: 1 };
  const first = points[0] ?? end;
  const ideal = (/** @type {number} */ x) => end.y * (x / end.x) ** grows;
  const lowest = 10 ** ys.from;
  // The ideal line leaves the panel where it would fall below the lowest mark.
  const from = Math.max(first.x, grows === 0 ? first.x : end.x * (lowest / end.y) ** (1 / grows));
  return [
    label(title, left, PANEL.top - 16, 'font-weight="bold"'),
    ...xs.marks.map(
      (mark) =>
        `<line x1="${atX(mark)}" x2="${atX(mark)}" y1="${PANEL.top}" y2="${bottom}" stroke="#ddd"/>` +
        label(short(mark), atX(mark), bottom + 16, 'text-anchor="middle"'),
    ),
    ...ys.marks.map(
      (mark) =>
        `<line x1="${left}" x2="${left + PANEL.width}" y1="${atY(mark)}" y2="${atY(mark)}" stroke="#ddd"/>` +
        label(`${short(mark)} ${yUnit}`, left - 6, atY(mark) + 4, 'text-anchor="end"'),
    ),
    label(xUnit, left + PANEL.width / 2, bottom + 34, 'text-anchor="middle"'),
    `<line x1="${atX(from)}" y1="${atY(ideal(from))}" x2="${atX(end.x)}" y2="${atY(end.y)}" stroke="${INK}" stroke-dasharray="2 4"/>`,
    `<polyline points="${points.map(({ x, y }) => `${atX(x).toFixed(1)},${atY(y).toFixed(1)}`).join(' ')}" fill="none" stroke="${CURVE}" stroke-width="2"/>`,
    ...points.map(
      ({ x, y }) =>
        `<circle cx="${atX(x).toFixed(1)}" cy="${atY(y).toFixed(1)}" r="4" fill="${CURVE}"/>` +
        label(short(y), atX(x), atY(y) - 10, 'text-anchor="middle"'),
    ),
  ].join('\n');
}

/** @param {readonly Curve[]} curves @param {string} machine */
export function drawing(curves, machine) {
  const width = PANEL.left + curves.length * (PANEL.width + PANEL.gap);
  const height = PANEL.top + PANEL.height + 70;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img">
<title>Cost by open traces, size of an entry, and records in the journal</title>
<rect width="${width}" height="${height}" fill="#fff"/>
${curves.map(panel).join('\n')}
${label(machine, PANEL.left, height - 10, 'font-size="10"')}
</svg>
`;
}
