import { type Env, variable } from './process-env';
import type { ProxySettings } from './settings';

/** Lower case wins, as in curl, undici and Node itself. */
const HTTPS_NAMES = ['https_proxy', 'HTTPS_PROXY'];
const HTTP_NAMES = ['http_proxy', 'HTTP_PROXY'];
const EXCEPTION_NAMES = ['no_proxy', 'NO_PROXY'];

/** The proxy variables, checked. Their values are never shown: they may hold a password. */
export function readProxies(env: Env, warn: (text: string) => void): ProxySettings {
  const proxy = (names: readonly string[]): string | undefined => {
    for (const name of names) {
      const raw = variable(env, name);
      const url = raw && proxyUrl(raw);
      if (url) return url;
      if (raw)
        warn(`${name}: expected the http:// or https:// URL of a proxy; ignored, no proxy is used for it`);
    }
    return undefined;
  };
  const noProxy = EXCEPTION_NAMES.map((name) => variable(env, name)).find((text) => text !== undefined);
  return Object.freeze({ httpsProxy: proxy(HTTPS_NAMES), httpProxy: proxy(HTTP_NAMES), noProxy });
}

/** A value without a scheme is an http proxy, as in curl. */
function proxyUrl(raw: string): string | undefined {
  const text = raw.includes('://') ? raw : `http://${raw}`;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== ''
    ? url.href
    : undefined;
}
