/** A day: what matters is only that the timer exists. */
const LONG_MILLIS = 86_400_000;

/**
 * Keeps the process alive until the returned function is called.
 *
 * Our timers and idle sockets do not, on purpose. But a script that awaits a flush has nothing else left to
 * do, and Node ends it with status 13 in the middle of the wait.
 */
export function holdProcess(): () => void {
  const timer = setInterval(() => {}, LONG_MILLIS);
  return () => clearInterval(timer);
}
