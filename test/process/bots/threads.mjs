// @ts-check
// The same bot in several threads, each with its own copy of the package, on one folder.
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { openAccount, report } from './account.mjs';

if (isMainThread) {
  const [, , json, ...names] = process.argv;
  await Promise.all(
    names.map(
      (name) =>
        new Promise((resolve) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: { json, name } });
          // A thread that is terminated has no end of its own: nothing runs in it any more.
          if (name === 'terminated') worker.on('message', () => void worker.terminate());
          worker.on('exit', resolve);
        }),
    ),
  );
  report('threads ended');
} else {
  const { parentPort } = await import('node:worker_threads');
  const { json, name } = workerData;
  const { provider, decide } = openAccount(json);
  for (let i = 0; i < 100; i++) {
    decide(`${name}-${i}`);
    report(`${name}-${i}`);
  }
  parentPort?.postMessage('ended');
  if (name === 'terminated') setInterval(() => {}, 1_000);
  else await provider.shutdown();
}
