// @ts-check
// Trades when it is told to, and ends when its input does.
import { createInterface } from 'node:readline';
import { trade } from './trade.mjs';

console.log('ready');
for await (const cycles of createInterface({ input: process.stdin })) await trade(Number(cycles));
