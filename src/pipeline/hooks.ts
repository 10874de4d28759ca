import type { WeexOptions } from '../config/settings';

type Hook<K extends 'filter' | 'redact' | 'onEvent'> = NonNullable<WeexOptions[K]>;

/**
 * The bot's own functions. Whoever shares the account adds theirs: a `redact` given in code must hold although
 * `register` had opened the account before, and knows of none.
 */
export interface Hooks {
  readonly filters: ReadonlySet<Hook<'filter'>>;
  readonly redacts: ReadonlySet<Hook<'redact'>>;
  readonly listeners: ReadonlySet<Hook<'onEvent'>>;
  add(options: Pick<WeexOptions, 'filter' | 'redact' | 'onEvent'>): void;
}

export function createHooks(): Hooks {
  const filters = new Set<Hook<'filter'>>();
  const redacts = new Set<Hook<'redact'>>();
  const listeners = new Set<Hook<'onEvent'>>();
  return {
    filters,
    redacts,
    listeners,
    add({ filter, redact, onEvent }) {
      if (filter !== undefined) filters.add(filter);
      if (redact !== undefined) redacts.add(redact);
      if (onEvent !== undefined) listeners.add(onEvent);
    },
  };
}
