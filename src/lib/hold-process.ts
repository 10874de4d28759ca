/** A day. Only that the timer exists matters. */
const LONG_MILLIS = 86_400_000;

/**
 * Keeps the process alive until the returned function is called.
 *
 * Timers and idle sockets of ours do not, on purpose. But a script that awaits us may have nothing else left
 * to do, and Node would end it with status 13 in the middle of the wait.
 */
export function holdProcess(): () => void {
  const timer = setInterval(() => {}, LONG_MILLIS);
  return () => clearInterval(timer);
}
