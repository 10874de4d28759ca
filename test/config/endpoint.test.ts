import { describe, expect, it } from 'vitest';
import { resolveLive } from '../helpers/resolve-with.js';

const allowedHosts = ['gateway.lan', '*.internal.example', '10.1.2.3', '[fd00::1]'];

describe('the endpoint', () => {
  it.each([
    ['https://api-contract.weex.com', 'https://api-contract.weex.com'],
    ['https://API.WEEX.TECH/', 'https://api.weex.tech'],
    ['https://api.weex.com:8443/a/b//', 'https://api.weex.com:8443/a/b'],
    [' https://api.weex.com ', 'https://api.weex.com'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://127.0.0.1:1', 'http://127.0.0.1:1'],
    ['http://127.1:1', 'http://127.0.0.1:1'],
    ['http://[::1]:1/x', 'http://[::1]:1/x'],
    ['https://localhost', 'https://localhost'],
    ['https://gateway.lan/weex', 'https://gateway.lan/weex'],
    ['https://a.internal.example', 'https://a.internal.example'],
    ['https://10.1.2.3', 'https://10.1.2.3'],
    ['https://[fd00::1]:1', 'https://[fd00::1]:1'],
  ])('may be %s', (endpoint, expected) => {
    const { settings, problems } = resolveLive({ endpoint, allowedHosts });
    expect(problems).toEqual([]);
    expect(settings?.endpoint).toBe(expected);
  });

  it.each([
    'http://api.weex.com',
    'http://gateway.lan',
    'ftp://localhost',
    'ws://localhost',
    'api.weex.com',
    '//api.weex.com',
    'https://',
    'https://weex.com.evil.com',
    'https://evilweex.com',
    'https://weex.tech.evil',
    'https://evil.com\\@api.weex.com',
    'https://evil.com/@api.weex.com',
    'https://ap\ti.weex.com',
    'https://api.weex.com/\r\nX-Evil: 1',
    'http://0.0.0.0:1',
    'http://127.0.0.1.evil.com',
    'http://localhost.evil.com',
    'https://internal.example',
    'https://aXinternal.example',
    'https://a.gateway.lan',
    'https://2130706433.evil',
  ])('may not be %j', (endpoint) => {
    const { problems } = resolveLive({ endpoint, allowedHosts });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^endpoint: expected /);
  });

  it.each([
    'https://user:hunter22@api.weex.com',
    'https://hunter22@api.weex.com',
    'https://api.weex.com/?token=hunter22',
    'https://api.weex.com/#hunter22',
    'http://hunter22@[bad',
  ])('with user information, query or fragment is refused and not repeated: %s', (endpoint) => {
    const { problems } = resolveLive({ endpoint });
    expect(problems).toHaveLength(1);
    expect(problems[0]).not.toContain('hunter22');
    expect(resolveLive({}, { WEEX_API_BASE: endpoint }).warnings.join()).not.toContain('hunter22');
  });

  it.each([
    '*',
    '*.',
    'https://a.lan',
    'a.lan:80',
    'a.lan/x',
    'a b',
    'a..b',
    '*.*.lan',
    `${'a.'.repeat(200)}lan`,
  ])('cannot be allowed by the host %j', (host) => {
    expect(resolveLive({ allowedHosts: [host] }).problems).toEqual([
      expect.stringMatching(/^allowedHosts: /),
    ]);
  });

  it('with a path is a base: only its own slashes at the end are cut', () => {
    expect(resolveLive({ endpoint: 'http://localhost/a/../b/./c///' }).settings?.endpoint).toBe(
      'http://localhost/b/c',
    );
  });

  it('that a variable sets can be allowed by another variable', () => {
    const env = { OTEL_EXPORTER_WEEX_ENDPOINT: 'https://a.lan', OTEL_EXPORTER_WEEX_ALLOWED_HOSTS: 'A.lan' };
    expect(resolveLive({}, env).settings?.endpoint).toBe('https://a.lan');
  });
});
