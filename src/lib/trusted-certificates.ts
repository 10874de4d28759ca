/**
 * Certificates to trust when `added` are trusted beside the system's: naming any replaces Node's own list,
 * so that has to be named too. `undefined` when none are added: then Node's own list holds as it is.
 */
export function trustedCertificates(added: readonly string[]): string[] | undefined {
  if (added.length === 0) return undefined;
  // Loaded only now: most add none, and loading it takes a share of the bot's start.
  const tls = process.getBuiltinModule('node:tls');
  // Since Node 22.15; knows the system's store and NODE_EXTRA_CA_CERTS as well.
  const list: unknown = Reflect.get(tls, 'getCACertificates');
  const own: unknown = typeof list === 'function' ? list('default') : tls.rootCertificates;
  const isText = (item: unknown): item is string => typeof item === 'string';
  return [...(Array.isArray(own) ? own.filter(isText) : tls.rootCertificates), ...added];
}
