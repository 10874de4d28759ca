// @ts-check
// Knows nothing of an SDK: that is started by `--import`.
import { trade } from './trade.mjs';

await trade(Number(process.argv[2]));
