/** What an answer's time has to be away from ours before it is worth a correction. */
const WORTH_CORRECTING_MILLIS = 5_000;
/** WEEX refuses what is 30 s off, so an accepted answer that claims more than this is not believed. */
const BELIEVABLE_MILLIS = 60_000;

/** A server's time and the exchange it came with, the latter on the clock that never jumps. */
export interface TimeReading {
  readonly serverMillis: number;
  readonly sentMillis: number;
  readonly receivedMillis: number;
  /** The machine's clock at the receipt. */
  readonly wallMillis: number;
}

/** Server's clock minus ours. The server read its clock half a round trip before we heard of it. */
export function offsetOf(reading: TimeReading): number {
  const halfTrip = (reading.receivedMillis - reading.sentMillis) / 2;
  return Math.round(reading.serverMillis + halfTrip - reading.wallMillis);
}

/**
 * The time in an answer of `GET /capi/v2/market/time` (`{epoch, iso, timestamp}`, timestamp in milliseconds)
 * or `/capi/v3/market/time` (`{serverTime}`).
 */
export function readServerTime(body: string): number | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const fields: { timestamp?: unknown; serverTime?: unknown; data?: unknown } = parsed;
  const inner: { timestamp?: unknown; serverTime?: unknown } =
    typeof fields.data === 'object' && fields.data !== null ? fields.data : {};
  for (const value of [fields.timestamp, fields.serverTime, inner.timestamp, inner.serverTime]) {
    const millis = typeof value === 'string' ? Number(value) : value;
    // Thirteen digits, as the signature needs them: anything else is not milliseconds of our century.
    if (typeof millis === 'number' && millis >= 1e12 && millis < 1e13) return millis;
  }
  return undefined;
}

/** WEEX's time as far as we know it: the machine's clock, until WEEX has complained about it. */
export interface ServerClock {
  /** Whole milliseconds since 1970, for a signature. */
  millis(wallMillis: number): number;
  /** Counts the corrections: tells whether an attempt was signed before the last one. */
  readonly corrections: number;
  correct(offsetMillis: number): void;
  /** Takes the time of an accepted answer, so that a clock that drifts never comes to be refused. */
  observe(reading: TimeReading): void;
}

export function createServerClock(): ServerClock {
  let offset = 0;
  let corrections = 0;
  function correct(offsetMillis: number): void {
    offset = offsetMillis;
    corrections += 1;
  }
  return {
    millis: (wallMillis) => Math.trunc(wallMillis + offset),
    get corrections() {
      return corrections;
    },
    correct,
    observe(reading) {
      const seen = offsetOf(reading);
      const away = Math.abs(seen - offset);
      if (away > WORTH_CORRECTING_MILLIS && away <= BELIEVABLE_MILLIS) correct(seen);
    },
  };
}
