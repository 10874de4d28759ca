// @ts-check
// Two minutes with every kind of trouble, over and over: an outage, resets, too many requests, nonsense, slowness, a refused address.

/** @typedef {import('../../dist/emulator.mjs').WeexEmulatorFault} Fault */
/** @type {(readonly [second: number, faults: readonly Fault[] | 'clear'])[]} */
const ROUND = [
  [5, [{ status: 503, times: Number.POSITIVE_INFINITY }]],
  [10, 'clear'],
  [
    35,
    [
      { fault: 'reset-after-body', accept: true, times: 2 },
      { fault: 'reset-before-body', times: 2 },
    ],
  ],
  [45, [{ fault: 'rate-limited', retryAfterSeconds: 1, times: 3 }]],
  [
    55,
    [
      { fault: 'garbage', times: 2 },
      { fault: 'ok-empty', times: 2 },
      { fault: 'truncated-json', times: 2 },
    ],
  ],
  [65, [{ fault: 'slow', delayMillis: 300, times: 100 }]],
  [80, [{ fault: 'html-521', times: 1 }]],
];
const ROUND_SECONDS = 120;

/** Plays until the returned function is called. @param {import('../../dist/emulator.mjs').WeexEmulator} weex */
export function playFaults(weex) {
  let second = 0;
  const timer = setInterval(() => {
    second = (second + 1) % ROUND_SECONDS;
    for (const [at, faults] of ROUND) {
      if (at !== second) continue;
      if (faults === 'clear') weex.clearFaults();
      else weex.script(...faults);
    }
  }, 1_000);
  return () => clearInterval(timer);
}
