import { describe, expect, test } from 'vitest';
import { chooseProxy } from '../../src/delivery/proxy-choice.js';

const WEEX = 'https://api-contract.weex.com';
const PROXY = 'http://proxy.corp:3128';

/** `direct`, `unusable` or the proxy's URL. */
function choose(endpoint: string, noProxy?: string, httpsProxy: string | undefined = PROXY): string {
  const variables = { httpsProxy, httpProxy: 'http://plain.corp:8080', noProxy };
  const choice = chooseProxy(new URL(endpoint), variables);
  return choice.kind === 'proxy' ? choice.url.href : choice.kind;
}

describe('the proxy', () => {
  test("is that of the endpoint's scheme", () => {
    expect(choose(WEEX)).toBe('http://proxy.corp:3128/');
    expect(choose('http://weex.internal')).toBe('http://plain.corp:8080/');
  });

  test('is none without a variable', () => {
    for (const httpsProxy of ['', '  ']) expect(choose(WEEX, undefined, httpsProxy)).toBe('direct');
  });

  test('may lack its scheme, and may not be anything but HTTP', () => {
    expect(choose(WEEX, undefined, 'proxy.corp:3128')).toBe('http://proxy.corp:3128/');
    expect(choose(WEEX, undefined, 'https://proxy.corp')).toBe('https://proxy.corp/');
    expect(choose(WEEX, undefined, 'socks5://proxy.corp')).toBe('unusable');
    expect(choose(WEEX, undefined, 'http://')).toBe('unusable');
  });

  for (const host of [
    '127.0.0.1',
    '127.9.9.9',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'app.localhost',
    '[::1]',
  ]) {
    test(`is none for loopback: ${host}`, () => {
      expect(choose(`https://${host}:8443`)).toBe('direct');
    });
  }

  test('is there for what only looks like loopback', () => {
    expect(choose('https://127.0.0.1.evil.com')).not.toBe('direct');
    expect(choose('https://notlocalhost')).not.toBe('direct');
  });
});

describe('NO_PROXY', () => {
  const EXCEPTS = [
    '*',
    'api-contract.weex.com',
    'API-Contract.WEEX.com',
    'weex.com',
    '.weex.com',
    '*.weex.com',
    'example.com, weex.com',
    'example.com weex.com',
    'weex.com:443',
    '.weex.com:443',
    'weex.com.',
  ];
  for (const noProxy of EXCEPTS) {
    test(`"${noProxy}" excepts WEEX`, () => {
      expect(choose(WEEX, noProxy)).toBe('direct');
    });
  }

  const DOES_NOT = [
    '',
    ' , ',
    'eex.com',
    'contract.weex.com',
    'weex.com:80',
    'weex',
    '.com.weex',
    'x*',
    '.',
    '*.',
  ];
  for (const noProxy of DOES_NOT) {
    test(`"${noProxy}" does not`, () => {
      expect(choose(WEEX, noProxy)).toBe('http://proxy.corp:3128/');
    });
  }

  test('reads addresses of both kinds, with ports', () => {
    expect(choose('https://10.0.0.7', '10.0.0.7')).toBe('direct');
    expect(choose('https://10.0.0.7:8443', '10.0.0.7:443')).not.toBe('direct');
    expect(choose('https://[fd00::7]:8443', '[fd00::7]:8443')).toBe('direct');
    expect(choose('https://[fd00::7]:8443', '[fd00::7]:443')).not.toBe('direct');
    expect(choose('https://[fd00::7]', 'fd00::7')).toBe('direct');
  });
});
