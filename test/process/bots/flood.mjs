// @ts-check
// Ends spans as fast as it can, until it is killed or has ended as many as the third argument says.
import { openAccount, report } from './account.mjs';

const [, , , prefix, most = 'Infinity'] = process.argv;
const { decide } = openAccount();
let count = 0;

function burst() {
  for (let i = 0; i < 20; i++) {
    if (count >= Number(most)) return;
    const id = `${prefix}-${count++}`;
    decide(id);
    report(id);
  }
  setImmediate(burst);
}

// Nothing of the package holds a process, and this one shall go on after its last span, as a bot does.
process.stdin.resume();
report('begins');
burst();
