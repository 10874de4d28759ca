import type { WeexReceipt } from '../../src/journal/journal.js';

export const receiptFor = (entryId: string): WeexReceipt => ({
  entryId,
  code: '00000',
  msg: 'success',
  requestTime: 1_760_000_000_000,
  acceptedAt: 1_760_000_000_001,
  attempts: 1,
  possibleDuplicate: false,
});
