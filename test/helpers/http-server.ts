import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Certificate } from './certificate.js';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
  readonly sha256: string;
  /** Connections that the server had taken by then. */
  readonly connections: number;
}

export interface HttpServer {
  readonly port: number;
  seen(): Promise<readonly SeenRequest[]>;
  close(): Promise<void>;
}

/** A server (also a proxy) in a thread of its own; what it does is in the path of a request. */
export async function startHttpServer(secure?: Certificate): Promise<HttpServer> {
  const worker = new Worker(join(import.meta.dirname, 'http-server-thread.mjs'), { workerData: { secure } });
  const [{ port }] = await once(worker, 'message');
  return {
    port,
    async seen() {
      worker.postMessage('seen');
      const [{ seen }] = await once(worker, 'message');
      return seen;
    },
    async close() {
      await worker.terminate();
    },
  };
}
