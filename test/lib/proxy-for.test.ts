import { describe, expect, it } from 'vitest';
import { isLoopbackHost } from '../../src/lib/loopback.js';
import { proxyFor } from '../../src/lib/proxy-for.js';

const proxies = { httpsProxy: 'http://secure.proxy:3128', httpProxy: 'http://plain.proxy:3128' };
const choose = (url: string, noProxy?: string) => proxyFor(new URL(url), { ...proxies, noProxy });

describe('proxyFor', () => {
  it('takes the proxy of the scheme, and neither for the other', () => {
    expect(choose('https://api.weex.com')).toBe(proxies.httpsProxy);
    expect(choose('http://gateway.lan')).toBe(proxies.httpProxy);
    const onlyHttp = { httpsProxy: undefined, httpProxy: proxies.httpProxy, noProxy: undefined };
    expect(proxyFor(new URL('https://api.weex.com'), onlyHttp)).toBeUndefined();
    const onlyHttps = { httpsProxy: proxies.httpsProxy, httpProxy: '', noProxy: undefined };
    expect(proxyFor(new URL('http://gateway.lan'), onlyHttps)).toBeUndefined();
  });

  it.each([
    'http://localhost:80',
    'https://localhost',
    'http://127.0.0.1:9',
    'http://127.9.9.9',
    'http://[::1]:9',
  ])('never takes one for loopback: %s', (url) => {
    expect(choose(url)).toBeUndefined();
  });

  it.each([
    ['*', 'https://api.weex.com'],
    ['api.weex.com', 'https://api.weex.com'],
    ['weex.com', 'https://api.weex.com'],
    ['.weex.com', 'https://api.weex.com'],
    ['*.weex.com', 'https://api.weex.com'],
    ['WEEX.COM', 'https://api.weex.com'],
    ['weex.com.', 'https://api.weex.com'],
    ['other.com, weex.com', 'https://api.weex.com'],
    ['other.com weex.com', 'https://api.weex.com'],
    ['weex.com:443', 'https://api.weex.com'],
    ['weex.com:8443', 'https://api.weex.com:8443'],
    ['10.1.2.3', 'http://10.1.2.3:8080'],
    ['10.0.0.0/8', 'http://10.1.2.3:8080'],
    ['[fd00::1]:80', 'http://[fd00::1]'],
    ['fd00::1', 'http://[fd00::1]'],
    ['fd00::/8', 'http://[fd00::1]'],
  ])('goes around it where NO_PROXY is "%s": %s', (noProxy, url) => {
    expect(choose(url, noProxy)).toBeUndefined();
  });

  it.each([
    ['', 'https://api.weex.com'],
    [' , ', 'https://api.weex.com'],
    ['.', 'https://api.weex.com'],
    ['notweex.com', 'https://weex.com'],
    ['weex.com', 'https://notweex.com'],
    ['api.weex.com', 'https://weex.com'],
    ['weex.com:8443', 'https://api.weex.com'],
    ['1.2.3', 'http://10.1.2.3'],
    ['2.3', 'http://10.1.2.3'],
    ['10.0.0.0/8', 'http://11.1.2.3'],
    ['10.0.0.0/99', 'http://10.1.2.3'],
    ['10.0.0/8', 'http://10.1.2.3'],
    ['fd00::/8', 'http://10.1.2.3'],
    ['10.0.0.0/8', 'https://api.weex.com'],
  ])('is not moved by NO_PROXY "%s": %s', (noProxy, url) => {
    expect(choose(url, noProxy)).toBeDefined();
  });
});

describe('isLoopbackHost', () => {
  it.each([
    '0.0.0.0',
    '128.0.0.1',
    '127.evil.com',
    '127.0.0.1.evil.com',
    'localhost.evil.com',
    'localhost.',
    '[::2]',
    '',
  ])('is not fooled by "%s"', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});
