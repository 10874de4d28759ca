import type { Announcer } from './announcer';

/** A bug of ours. The bot must not see it, and it must not be silent. */
export function tellInternal(announcer: Announcer, error: unknown, consequence: string): void {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
  announcer.episode('error', 'internal', `${consequence}, by an internal error (${what}); please report it`);
}
