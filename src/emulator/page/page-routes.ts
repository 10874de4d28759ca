import type { IncomingMessage, ServerResponse } from 'node:http';
import type { History } from '../thread/history';
import { jsonMembers } from '../weex/json-members';
import type { LiveFeed } from './live-feed';
import { PAGE_HTML } from './page-html';
import { PAGE_SCRIPT } from './page-script';
import { PAGE_STYLE } from './page-style';

/**
 * Nothing runs or loads but the page's own three files: logs hold model output. Trusted Types make the
 * browser refuse text as HTML even if the script tried.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const FILES: ReadonlyMap<string, readonly [contentType: string, text: string]> = new Map([
  ['/', ['text/html; charset=utf-8', PAGE_HTML]],
  ['/page.css', ['text/css; charset=utf-8', PAGE_STYLE]],
  ['/page.js', ['text/javascript; charset=utf-8', PAGE_SCRIPT]],
  ['/favicon.ico', ['image/x-icon', '']],
]);

/** Serves the page and what it asks for; false when the path is not the page's. */
export function servePage(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  history: History,
  feed: LiveFeed,
): boolean {
  const file = FILES.get(path);
  const logNumber = /^\/logs\/([1-9]\d{0,14})$/.exec(path)?.[1];
  if (file === undefined && logNumber === undefined && path !== '/events') return false;

  if (request.method !== 'GET') {
    reply(response, 405, 'text/plain; charset=utf-8', 'Only GET');
  } else if (file !== undefined) {
    reply(response, 200, file[0], file[1]);
  } else if (logNumber !== undefined) {
    const log = history.log(Number(logNumber));
    if (log === undefined) reply(response, 404, 'text/plain; charset=utf-8', 'No longer kept');
    else reply(response, 200, 'application/json; charset=utf-8', contentJson(log.raw));
  } else {
    watchFeed(response, feed);
  }
  return true;
}

function watchFeed(response: ServerResponse, feed: LiveFeed): void {
  response.statusCode = 200;
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  response.setHeader('content-type', 'text/event-stream; charset=utf-8');
  if (!feed.watch(response)) {
    reply(response, 503, 'text/plain; charset=utf-8', 'Too many pages are open');
  }
}

function reply(response: ServerResponse, status: number, contentType: string, text: string): void {
  response.writeHead(status, {
    ...HEADERS,
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** Input and output as text, because parsing would round long numbers. */
function contentJson(raw: string): string {
  const content: Record<string, string> = {};
  for (const { name, text } of jsonMembers(raw)) {
    if (name === 'input' || name === 'output') content[name] = text;
  }
  return JSON.stringify(content);
}
