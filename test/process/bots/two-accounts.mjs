// @ts-check
// Two accounts in one process: each decision names the account that it belongs to.
import { openAccount, report } from './account.mjs';

const accounts = process.argv.slice(2).map((json) => ({
  ...openAccount(json),
  // Not the whole key: that would be masked.
  name: JSON.parse(json).apiKey.slice('key-of-'.length),
}));
let count = 0;

function burst() {
  for (const { name, decide } of accounts) {
    const id = `${name}-${process.pid}-${count}`;
    decide(id);
    report(id);
  }
  count += 1;
  if (count < 150) setImmediate(burst);
}

report('begins');
burst();
process.stdin.resume();
