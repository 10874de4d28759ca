// What comes after a death: a process of the same account that delivers what it finds and ends when told.
import { openAccount, report } from './account.mjs';

const { weex, provider } = openAccount();
report('begins');
process.stdin.once('data', async () => {
  await provider.shutdown();
  report(JSON.stringify(weex.health()));
  process.stdin.destroy();
});
