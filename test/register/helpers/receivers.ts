import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

/** Something that arrives in time; a test waits for it and not for the clock. */
class Arrivals<T> {
  readonly items: T[] = [];
  readonly #waiting = new Set<() => void>();

  add(item: T): void {
    this.items.push(item);
    for (const check of this.#waiting) check();
  }

  until(enough: (items: readonly T[]) => boolean): Promise<readonly T[]> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!enough(this.items)) return;
        this.#waiting.delete(check);
        resolve(this.items);
      };
      this.#waiting.add(check);
      check();
    });
  }
}

async function listen(handler: RequestListener) {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface OtlpSpan {
  readonly name: string;
  readonly scope: string;
  readonly service: string;
  /** Its attributes that are texts. */
  readonly resource: Readonly<Record<string, string | undefined>>;
  /** Names only. */
  readonly attributes: readonly string[];
}

/** A collector for OTLP over http/json that keeps every span it gets. */
export async function startCollector() {
  const spans = new Arrivals<OtlpSpan>();
  const paths = new Set<string>();
  const server = await listen(async (request, response) => {
    const body = JSON.parse(await bodyOf(request));
    paths.add(request.url ?? '');
    for (const resource of body.resourceSpans ?? []) {
      const attributes: { key: string; value: { stringValue?: string } }[] = resource.resource.attributes;
      const texts = Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));
      const service = texts['service.name'] ?? '';
      for (const scoped of resource.scopeSpans) {
        for (const { name, attributes: own } of scoped.spans) {
          const names = own.map(({ key }: { key: string }) => key);
          spans.add({ name, scope: scoped.scope.name, service, resource: texts, attributes: names });
        }
      }
    }
    response.setHeader('content-type', 'application/json').end('{}');
  });
  return {
    ...server,
    spans: spans.items,
    /** The paths that were asked for. */
    paths,
    until: (enough: (spans: readonly OtlpSpan[]) => boolean) => spans.until(enough),
  };
}

/** Takes requests and never answers; those before the given one it cuts off. */
export async function startSilentServer(silentFrom = 1) {
  const requests = new Arrivals<string>();
  const server = await listen((request) => {
    requests.add(request.url ?? '');
    if (requests.items.length < silentFrom) request.socket.destroy();
  });
  return { ...server, until: (count: number) => requests.until((items) => items.length >= count) };
}
