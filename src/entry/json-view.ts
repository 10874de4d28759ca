import { types } from 'node:util';
import { bytesOf, noteOf } from './binary';
import { columnOf, rowsOf } from './data-frame';
import { decimalLike, integerLike } from './decimal-like';

/** How a value that is no JSON primitive looks in JSON. Members are read one by one, and reading may throw. */
export type JsonView =
  /** A primitive stands for it. `undefined`: nothing does. */
  | { readonly kind: 'leaf'; readonly value: unknown }
  | { readonly kind: 'list'; readonly length: number; at(index: number): unknown }
  | { readonly kind: 'record'; readonly keys: readonly string[]; at(key: string): unknown };

/** What one copy may spend beside characters and values. */
export interface ViewLimits {
  /** Members after these will not be asked for. */
  readonly mostMembers: number;
  /** Bytes that may still be hashed; hashing takes from it. */
  hashBytesLeft: number;
}

const leaf = (value: unknown): JsonView => ({ kind: 'leaf', value });
const listOf = (values: readonly unknown[], length = values.length): JsonView => ({
  kind: 'list',
  length,
  at: (index) => values[index],
});
const recordOf = (value: object, keys: readonly string[]): JsonView => ({
  kind: 'record',
  keys,
  at: (key) => Reflect.get(value, key),
});

/** Throws what the value's own code throws: traps, getters, `toJSON`. */
export function viewOf(value: object, key: string, limits: ViewLimits): JsonView {
  if (Array.isArray(value)) return listOf(value);
  const view = builtInView(value, limits);
  if (view !== undefined) return view;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = isRoot(prototype) && !types.isProxy(value);
  if (!isPlain) {
    const known = libraryView(value, limits);
    if (known !== undefined) return known;
  }
  const toJson: unknown = Reflect.get(value, 'toJSON');
  if (typeof toJson !== 'function') return instanceView(value, isPlain, limits);
  const stated: unknown = toJson.call(value, key);
  if (typeof stated !== 'object' || stated === null) return leaf(stated);
  // As in JSON.stringify, the toJSON of what toJSON returned is not asked.
  if (Array.isArray(stated)) return listOf(stated);
  return builtInView(stated, limits) ?? recordOf(stated, keysOf(stated, limits.mostMembers));
}

/** Of this realm or another: test runners and `node:vm` give objects of their own. */
const isRoot = (prototype: unknown): boolean =>
  typeof prototype !== 'object' || prototype === null || Object.getPrototypeOf(prototype) === null;

function builtInView(value: object, limits: ViewLimits): JsonView | undefined {
  if (types.isDate(value)) {
    const millis = Date.prototype.getTime.call(value);
    return leaf(Number.isNaN(millis) ? 'Invalid Date' : new Date(millis).toISOString());
  }
  if (types.isMap(value)) return mapView(value, limits);
  if (types.isSet(value)) return listOf(firstOf(value.values(), limits.mostMembers), value.size);
  if (types.isNativeError(value) || value instanceof Error) return errorView(value);
  if (types.isBoxedPrimitive(value)) return leaf(unboxed(value));
  if (types.isRegExp(value)) return leaf(String(value));
  const bytes = bytesOf(value);
  if (bytes !== undefined) {
    const mayHash = bytes.byteLength <= limits.hashBytesLeft;
    if (mayHash) limits.hashBytesLeft -= bytes.byteLength;
    const note = noteOf(bytes, mayHash);
    return recordOf(note, Object.keys(note));
  }
  if (types.isTypedArray(value)) return { kind: 'list', length: value.length, at: (index) => value[index] };
  return undefined;
}

function libraryView(value: object, limits: ViewLimits): JsonView | undefined {
  const decimal = decimalLike(value) ?? integerLike(value);
  if (decimal !== undefined) return leaf(decimal);
  const listed = rowsOf(value, limits.mostMembers) ?? columnOf(value, limits.mostMembers);
  if (listed !== undefined) return { kind: 'list', length: listed.length, at: (index) => listed.at(index) };
  if (value instanceof Blob) {
    const note = { mime: value.type, bytes: value.size, sha256: '[not computed: a Blob has to be awaited]' };
    return recordOf(note, Object.keys(note));
  }
  return undefined;
}

function firstOf(values: Iterable<unknown>, most: number): unknown[] {
  const taken: unknown[] = [];
  for (const value of values) {
    if (taken.length === most) break;
    taken.push(value);
  }
  return taken;
}

/** String keys give an object. Any others, order book prices for example, keep their type and order as pairs. */
function mapView(map: Map<unknown, unknown>, limits: ViewLimits): JsonView {
  const keys = firstOf(map.keys(), limits.mostMembers);
  return keys.every((key) => typeof key === 'string')
    ? { kind: 'record', keys, at: (key) => map.get(key) }
    : { kind: 'list', length: map.size, at: (index) => [keys[index], map.get(keys[index])] };
}

/**
 * Name, message, cause, the errors of an AggregateError, and other own properties that are primitives. Objects
 * on an error (`config`, `request`, `response`) hold headers and keys; the stack holds paths. Both stay out.
 */
function errorView(error: Error): JsonView {
  const extra = Object.keys(error).filter((key) => {
    const value: unknown = Reflect.get(error, key);
    return typeof value !== 'object' && typeof value !== 'function' && key !== 'stack';
  });
  const linked = ['cause', 'errors'].filter((key) => Object.hasOwn(error, key));
  return recordOf(error, [...new Set(['name', 'message', ...extra, ...linked])]);
}

function unboxed(value: object): unknown {
  if (types.isNumberObject(value)) return Number.prototype.valueOf.call(value);
  if (types.isStringObject(value)) return String.prototype.valueOf.call(value);
  if (types.isBooleanObject(value)) return Boolean.prototype.valueOf.call(value);
  if (types.isBigIntObject(value)) return BigInt.prototype.valueOf.call(value);
  return Symbol.prototype.valueOf.call(value);
}

/**
 * Own enumerable properties. An instance without any keeps its state in private fields: then its own kind of
 * text, else the getters of its class, else the class's name.
 */
function instanceView(value: object, isPlain: boolean, limits: ViewLimits): JsonView {
  const keys = keysOf(value, limits.mostMembers);
  if (isPlain || keys.length > 0) return recordOf(value, keys);
  const asText: unknown = Reflect.get(value, 'toString');
  if (typeof asText === 'function' && asText !== Object.prototype.toString)
    return leaf(String(asText.call(value)));
  const getters = inheritedGetters(value);
  if (getters.length > 0) return recordOf(value, getters);
  const type: unknown = Reflect.get(value, 'constructor');
  const name = typeof type === 'function' ? type.name : Object.prototype.toString.call(value).slice(8, -1);
  return name === 'Object' ? recordOf(value, []) : leaf(`[${name}]`);
}

/** Object.keys, but a proxy is not asked about keys that will not be looked at. */
function keysOf(value: object, most: number): string[] {
  if (!types.isProxy(value)) return Object.keys(value);
  const names = Reflect.ownKeys(value).filter((key) => typeof key === 'string');
  const isShown = (key: string): boolean => Reflect.getOwnPropertyDescriptor(value, key)?.enumerable === true;
  return [...names.slice(0, most).filter(isShown), ...names.slice(most)];
}

function inheritedGetters(value: object): string[] {
  const names = new Set<string>();
  let from: unknown = Object.getPrototypeOf(value);
  while (typeof from === 'object' && from !== null && from !== Object.prototype) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(from))) {
      if (property.get !== undefined) names.add(name);
    }
    from = Object.getPrototypeOf(from);
  }
  return [...names];
}
