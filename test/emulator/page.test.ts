import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { PAGE_SCRIPT } from '../../src/emulator/page/page-script.js';
import type { WeexEmulator } from '../../src/emulator.js';
import { startWeexEmulator } from './built.js';
import { bodyWith, bodyWithOrder, rawExchange, upload } from './client.js';

let weex: WeexEmulator;
beforeAll(async () => {
  weex = await startWeexEmulator();
});
beforeEach(() => weex.reset());
afterAll(() => weex.close());

/** Reads the page's feed until what it has told so far satisfies. */
async function feedUntil(satisfied: (messages: FeedMessage[]) => boolean): Promise<FeedMessage[]> {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const response = await fetch(`${weex.url}/events`, { signal: leaving.signal });
  const messages: FeedMessage[] = [];
  let text = '';
  if (response.body === null) throw new Error('the feed has a body');
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      expect(event).toMatch(/^data: [^\r\n]*$/);
      messages.push(JSON.parse(event.slice('data: '.length)));
    }
    if (satisfied(messages)) return messages;
  }
  throw new Error('the feed ended');
}

interface FeedMessage {
  readonly whole: boolean;
  readonly epoch: string;
  readonly stats: { readonly accepted: number };
  readonly faults: readonly { readonly label: string }[];
  readonly logs: readonly {
    readonly number: number;
    readonly orderId?: string;
    readonly explanation: string;
  }[];
  readonly troubles: readonly { readonly fault?: string; readonly problem?: { readonly msg: string } }[];
}

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(2)</script>',
  '\u001b[31mred\u001b[0m \u009b2J',
  '\u202eESREVER\u202c \u2067isolated\u2069',
  '=HYPERLINK("http://evil.example","click")',
  'data: {"whole":true}\n\ndata: {"whole":true}',
  '`{{7*7}}` javascript:alert(3)',
  '\u2028\u2029',
].join(' ');

describe('what the page is made of', () => {
  const files = [
    { path: '/', type: 'text/html; charset=utf-8' },
    { path: '/page.css', type: 'text/css; charset=utf-8' },
    { path: '/page.js', type: 'text/javascript; charset=utf-8' },
    { path: '/logs/1', type: 'application/json; charset=utf-8' },
    { path: '/events', type: 'text/event-stream; charset=utf-8' },
  ];
  for (const { path, type } of files) {
    test(`${path} comes with its type and every guard`, async () => {
      await upload(weex);
      const leaving = new AbortController();
      const { status, headers } = await fetch(weex.url + path, { signal: leaving.signal });
      leaving.abort();
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe(type);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('access-control-allow-origin')).toBeNull();
      const policy = headers.get('content-security-policy')?.split('; ') ?? [];
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy.join()).not.toMatch(/unsafe|http|\*|data:/);
    });
  }

  test('the page loads its own two files and nothing else, and holds no script of its own', async () => {
    const html = await (await fetch(weex.url)).text();
    const links = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link]) => link);
    expect(links).toEqual(['/page.css', '/page.js', '#logs']);
    expect(html).not.toMatch(/<script(?![^>]*src=)|style=|\son\w+=|https?:/);
  });

  test('the style and the script ask nobody else for anything', async () => {
    for (const path of ['/page.css', '/page.js']) {
      const text = await (await fetch(weex.url + path)).text();
      // The name of the SVG namespace is no address that anybody asks.
      expect(text.replace("'http://www.w3.org/2000/svg'", '')).not.toMatch(/https?:|@import|url\(/);
    }
  });

  test('the script is valid and makes no HTML of text', () => {
    expect(() => new Function(PAGE_SCRIPT)).not.toThrow();
    expect(PAGE_SCRIPT).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/,
    );
    expect(PAGE_SCRIPT).toContain('\\u202a-\\u202e');
  });

  test('only GET is answered', async () => {
    expect((await fetch(`${weex.url}/`, { method: 'POST', body: 'x' })).status).toBe(405);
  });
});

describe('the feed', () => {
  test('tells what there is, and then what comes', async () => {
    await upload(weex, bodyWithOrder('596471064624628269'));
    const reading = feedUntil((messages) => {
      if (messages.length === 1) void upload(weex, bodyWithOrder('9007199254740993'));
      return messages.flatMap(({ logs }) => logs).length === 2;
    });
    const messages = await reading;
    expect(messages[0]).toMatchObject({ whole: true, logs: [{ number: 1, orderId: '596471064624628269' }] });
    expect(messages.at(-1)).toMatchObject({
      whole: false,
      epoch: messages[0]?.epoch,
      logs: [{ number: 2, orderId: '9007199254740993' }],
      stats: { accepted: 2 },
    });
  });

  test('tells refusals, faults met and standing faults', async () => {
    weex.script('reset-after-body', { status: 503, times: 5, when: { stage: 'Other' } });
    await upload(weex).catch(() => {});
    await upload(weex, '{');
    const [first] = await feedUntil((messages) => messages.length > 0);
    expect(first?.troubles).toMatchObject([
      { fault: 'reset-after-body' },
      { problem: { msg: 'Parameter verification failed: the body cannot be parsed' } },
    ]);
    expect(first?.faults).toEqual([{ label: 'HTTP 503', timesLeft: 5, condition: 'stage "Other"' }]);
  });

  test('begins anew after a reset', async () => {
    let before = '';
    const messages = await feedUntil((sofar) => {
      if (before === '') {
        before = sofar[0]?.epoch ?? '';
        weex.reset();
      }
      return sofar.at(-1)?.epoch !== before;
    });
    expect(messages.at(-1)?.logs).toEqual([]);
  });

  test('never tells a secret', async () => {
    await upload(weex);
    const text = JSON.stringify(await feedUntil((messages) => messages.length > 0));
    expect(text).not.toContain(weex.credentials.apiSecret);
    expect(text).not.toContain(weex.credentials.apiPassphrase);
  });
});

describe('hostile content', () => {
  test('arrives in the feed as one event, exactly as it was', async () => {
    await upload(weex, bodyWith({ stage: HOSTILE, model: HOSTILE, explanation: HOSTILE }));
    const [first] = await feedUntil((messages) => messages.length > 0);
    expect(first?.logs).toMatchObject([{ number: 1, stage: HOSTILE, model: HOSTILE, explanation: HOSTILE }]);
  });

  test('comes as JSON when it is unfolded, with long numbers digit by digit', async () => {
    const input = `{"id":596471064624628269,"text":${JSON.stringify(HOSTILE)}}`;
    await upload(weex, `{"input":${input},${bodyWith({ input: undefined }).slice(1)}`);
    const response = await fetch(`${weex.url}/logs/1`);
    expect(JSON.parse(await response.text())).toEqual({ input, output: '{"signal":"BUY"}' });
  });

  test('a log that is not kept is a plain 404', async () => {
    for (const path of ['/logs/2', '/logs/0', '/logs/1e3', '/logs/..%2f', '/logs/99999999999999999999']) {
      expect((await fetch(weex.url + path)).status).toBe(404);
    }
  });
});

describe('the Host header', () => {
  const { stringify } = JSON;
  async function statusFor(host: string | undefined, path = '/'): Promise<number> {
    const line = host === undefined ? '' : `Host: ${host}\r\n`;
    const version = host === undefined ? '1.0' : '1.1';
    const { received } = await rawExchange(
      weex,
      `GET ${path} HTTP/${version}\r\n${line}User-Agent: a\r\nConnection: close\r\n\r\n`,
    );
    return Number(received.toString().split(' ')[1]);
  }

  for (const host of ['127.0.0.1', '127.0.0.1:1234', 'localhost', 'LOCALHOST:80', '[::1]:80']) {
    test(`${host} is served`, async () => {
      expect(await statusFor(host)).toBe(200);
    });
  }

  const foreign = [
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'a@localhost',
    'localhost:x',
    '10.0.0.1',
    undefined,
  ];
  for (const host of foreign) {
    test(`${stringify(host)} is refused, on the page and on WEEX’s paths`, async () => {
      expect(await statusFor(host)).toBe(403);
      expect(await statusFor(host, '/events')).toBe(403);
      expect(await statusFor(host, '/capi/v2/market/time')).toBe(403);
    });
  }

  test('may be a name that was allowed', async () => {
    const own = await startWeexEmulator({ allowedHosts: ['Weex.internal'] });
    onTestFinished(() => own.close());
    const { received } = await rawExchange(
      own,
      'GET / HTTP/1.1\r\nHost: weex.internal:8080\r\nConnection: close\r\n\r\n',
    );
    expect(received.toString()).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('may be the address of the machine when the emulator listens on all', async () => {
    const own = await startWeexEmulator({ host: '0.0.0.0' });
    onTestFinished(() => own.close());
    expect(own.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect((await upload(own)).status).toBe(200);
    const { received } = await rawExchange(
      own,
      'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    );
    expect(received.toString()).toMatch(/^HTTP\/1\.1 403 /);
  });
});
