/** The part of `@elastic/mockotlpserver` that the examples use; the package brings no types. */
declare module '@elastic/mockotlpserver' {
  export interface NormalizedSpan {
    readonly traceId: string;
    readonly spanId: string;
    readonly parentSpanId?: string;
    readonly name: string;
    readonly attributes?: Readonly<Record<string, unknown>>;
  }

  export interface NormalizedTrace {
    readonly resourceSpans?: ReadonlyArray<{
      readonly resource?: { readonly attributes?: Readonly<Record<string, unknown>> };
      readonly scopeSpans?: ReadonlyArray<{
        readonly scope?: { readonly name?: string };
        readonly spans?: readonly NormalizedSpan[];
      }>;
    }>;
  }

  export function normalizeTrace(request: unknown): NormalizedTrace;

  export class MockOtlpServer {
    constructor(options: {
      readonly services: ReadonlyArray<'http'>;
      readonly httpHostname: string;
      readonly httpPort: number;
      readonly logLevel: 'error';
      readonly onTrace: (request: unknown) => void;
    });
    readonly httpUrl: URL;
    start(): Promise<void>;
    close(): Promise<void>;
  }
}
