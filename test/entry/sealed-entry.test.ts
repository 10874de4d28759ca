import { expect, test } from 'vitest';
import { wireBody } from '../../src/entry/sealed-entry.js';

const payload = '{"stage":"Execution","model":"m","input":{"a":1.10},"output":{"b":2},"explanation":"e"}';

test.each(['596471064624628269', '9223372036854775807', '7'])(
  '%s goes out as bare digits in front',
  (orderId) => {
    expect(wireBody({ payload, orderId })).toBe(
      `{"orderId":${orderId},"stage":"Execution","model":"m","input":{"a":1.10},"output":{"b":2},"explanation":"e"}`,
    );
  },
);

test('without an order id the body is the payload', () => {
  expect(wireBody({ payload, orderId: undefined })).toBe(payload);
});
