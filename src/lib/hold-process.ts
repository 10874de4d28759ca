import { keepAlive } from './clock';

/**
 * Keeps the process alive until the returned function is called.
 *
 * Timers and idle sockets of ours do not, on purpose. But a script that awaits us may have nothing else left
 * to do, and Node would end it with status 13 in the middle of the wait.
 */
export function holdProcess(): () => void {
  const timer = keepAlive(Number.MAX_SAFE_INTEGER);
  return () => timer.cancel();
}
