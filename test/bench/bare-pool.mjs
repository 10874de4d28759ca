// @ts-check
// The least that delivery can cost: an undici pool that stringifies and signs in its loop, and looks at the answer.
import { createHmac } from 'node:crypto';
import { Pool } from 'undici';

const PATH = '/capi/v2/order/uploadAiLog';

/**
 * @param {string} url
 * @param {{ apiKey: string, apiSecret: string, apiPassphrase: string }} credentials
 * @param {number} count
 * @param {number} concurrency
 * @param {(number: number) => unknown} payload
 */
export async function sendByBarePool(url, credentials, count, concurrency, payload) {
  const pool = new Pool(url, { connections: concurrency, pipelining: 1, keepAliveTimeout: 60_000 });
  let next = 0;
  const work = async () => {
    while (next < count) {
      const body = JSON.stringify(payload(next++));
      const timestamp = String(Date.now());
      const sign = createHmac('sha256', credentials.apiSecret)
        .update(`${timestamp}POST${PATH}${body}`)
        .digest('base64');
      const answer = await pool.request({
        method: 'POST',
        path: PATH,
        headers: {
          'ACCESS-KEY': credentials.apiKey,
          'ACCESS-SIGN': sign,
          'ACCESS-TIMESTAMP': timestamp,
          'ACCESS-PASSPHRASE': credentials.apiPassphrase,
          'Content-Type': 'application/json',
          locale: 'en-US',
          'User-Agent': 'bare-pool',
        },
        body,
      });
      const text = await answer.body.text();
      if (JSON.parse(text).code !== '00000') throw new Error(text);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  await pool.close();
}
