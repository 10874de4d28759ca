/**
 * Reading objects of packages that this package must not import: any part may be missing, and a getter may
 * throw. Nothing here throws but what the called function throws.
 */
export function property(value: unknown, name: string | symbol): unknown {
  if (!isObject(value)) return undefined;
  try {
    return Reflect.get(value, name);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Calls a method with its object; `undefined` when there is none. */
export function call(value: unknown, name: string, ...args: readonly unknown[]): unknown {
  const method = property(value, name);
  return typeof method === 'function' ? Reflect.apply(method, value, args) : undefined;
}

/** Makes an instance of a class of another package. */
export function construct(type: unknown, ...args: readonly unknown[]): unknown {
  if (typeof type !== 'function') throw new TypeError('expected a class');
  return Reflect.construct(type, args);
}

/** The first line of what was thrown. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? text;
}
