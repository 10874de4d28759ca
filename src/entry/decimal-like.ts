/** A number as its sign, its digits without zeros around them, and the power of ten of the first digit. */
interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const EXPONENTIAL = /^(-?)(\d)(?:\.(\d+))?e([+-]?\d+)$/;

/**
 * A value of decimal.js, big.js, bignumber.js or one of their forks (told by its shape, so none has to be
 * installed): a number when nothing is lost by it, else its exact decimal text. `undefined` for anything else.
 */
export function decimalLike(value: object): number | string | undefined {
  if (!('s' in value && 'e' in value && ('d' in value || 'c' in value))) return undefined;
  if (!('toFixed' in value && 'toExponential' in value && 'times' in value)) return undefined;
  if (typeof value.toExponential !== 'function' || typeof value.toFixed !== 'function') return undefined;
  // Exact, and unlike toString of a length that no exponent can blow up.
  const text = String(value.toExponential());
  const decimal = readExponential(text);
  return decimal === undefined ? text : exactly(decimal);
}

/** `unscaled` divided by ten to the power of `scale`, as Arrow keeps decimals: number or text as above. */
export function scaledDecimal(unscaled: bigint, scale: number): number | string {
  const digits = String(unscaled).replace('-', '');
  const decimal = readExponential(
    `${unscaled < 0n ? '-' : ''}${digits[0]}.${digits.slice(1)}0e${digits.length - 1 - scale}`,
  );
  return decimal === undefined ? String(unscaled) : exactly(decimal);
}

/** A big integer whose own JSON form is unreadable: hexadecimal for bn.js, two halves for long.js. */
export function integerLike(value: object): bigint | undefined {
  const isBn = 'words' in value && 'negative' in value && 'red' in value;
  const isLong = 'low' in value && 'high' in value && 'unsigned' in value;
  if (!isBn && !isLong) return undefined;
  const text = String(value);
  return /^-?\d{1,1000}$/.test(text) ? BigInt(text) : undefined;
}

function exactly(decimal: Decimal): number | string {
  const text = plainText(decimal);
  const asNumber = Number(text);
  const back = readExponential(asNumber.toExponential());
  const nothingLost = back?.digits === decimal.digits && back.exponent === decimal.exponent;
  return nothingLost ? asNumber : text;
}

function readExponential(text: string): Decimal | undefined {
  const match = EXPONENTIAL.exec(text);
  if (match === null) return undefined;
  const [, sign, first = '', rest = '', exponent] = match;
  const digits = (first + rest).replace(/0+$/, '');
  return digits === ''
    ? { negative: false, digits: '0', exponent: 0 }
    : { negative: sign === '-', digits, exponent: Number(exponent) };
}

/** Written as JavaScript and all three libraries write it: with an exponent up to 1e-7 and from 1e21. */
function plainText({ negative, digits, exponent }: Decimal): string {
  const sign = negative ? '-' : '';
  if (exponent <= -7 || exponent >= 21) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '' : '+'}${exponent}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return sign + (fraction === '' ? whole : `${whole}.${fraction}`);
}
