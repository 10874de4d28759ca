/** Proxy variables as found. */
export interface ProxyVariables {
  readonly httpsProxy: string | undefined;
  readonly httpProxy: string | undefined;
  readonly noProxy: string | undefined;
}

export type ProxyChoice =
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly url: URL }
  /** Going directly instead would go around what the operator asked for. */
  | { readonly kind: 'unusable' };

const DIRECT: ProxyChoice = { kind: 'direct' };

/** Which way to the endpoint. Loopback is never proxied. */
export function chooseProxy(endpoint: URL, variables: ProxyVariables): ProxyChoice {
  const given = (endpoint.protocol === 'https:' ? variables.httpsProxy : variables.httpProxy)?.trim();
  if (given === undefined || given === '') return DIRECT;
  const host = bareHost(endpoint.hostname);
  const port = endpoint.port === '' ? (endpoint.protocol === 'https:' ? '443' : '80') : endpoint.port;
  if (isLoopback(host) || isExcepted(host, port, variables.noProxy ?? '')) return DIRECT;
  const text = given.includes('://') ? given : `http://${given}`;
  if (!URL.canParse(text)) return { kind: 'unusable' };
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:'
    ? { kind: 'proxy', url }
    : { kind: 'unusable' };
}

/** Without the brackets of IPv6, and without the dot that ends a fully qualified name. */
function bareHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d+){3}$/.test(host)
  );
}

/** NO_PROXY: names (which cover what lies below them), `.suffix`, `*.suffix`, each with an optional port; `*`. */
function isExcepted(host: string, port: string, noProxy: string): boolean {
  for (const item of noProxy.toLowerCase().split(/[\s,]+/)) {
    if (item === '') continue;
    if (item === '*') return true;
    const parts = /^(?:\[(?<six>.+)\]|(?<name>[^:]+|[^:]*:[^:]*:.*))(?::(?<port>\d+))?$/.exec(item)?.groups;
    if (parts === undefined || (parts.port !== undefined && parts.port !== port)) continue;
    const name = bareHost(parts.six ?? parts.name ?? '').replace(/^\*?\./, '');
    if (name !== '' && (host === name || host.endsWith(`.${name}`))) return true;
  }
  return false;
}
