// @ts-check

/**
 * One neighbour in one order of start.
 *
 * @typedef {object} Scenario
 * @property {string} name
 * @property {readonly string[]} packages
 * @property {readonly ('weex' | string)[]} preloads `weex` is our register, others are files in `bots`
 * @property {Readonly<Record<string, string>>} env
 * @property {number} logs that WEEX has afterwards
 * @property {RegExp | undefined} says what our line on stderr must be
 * @property {RegExp | undefined} prints what the neighbour must print
 */

const SDK = ['@opentelemetry/api@1.9', '@opentelemetry/sdk-node@0.223'];
const SENTRY_10 = [...SDK, '@sentry/node@10'];
const SENTRY_11 = [...SDK, '@sentry/node@11'];
const LANGFUSE = [...SDK, '@langfuse/otel@5', '@langfuse/core@5'];

/** @param {object} options */
const sentry = (options) => ({ NEIGHBOUR_OPTIONS: JSON.stringify(options) });
const START = { OTEL_TRACES_EXPORTER: 'weex' };
const TRACES = { tracesSampleRate: 1 };
/** @type {Pick<Scenario, 'says' | 'prints'>} */
const QUIET = { says: undefined, prints: undefined };

/** @type {readonly Scenario[]} */
export const SCENARIOS = [
  {
    ...QUIET,
    name: "Sentry 10's own provider, then register attaches",
    packages: SENTRY_10,
    preloads: ['sentry.mjs', 'weex'],
    env: sentry(TRACES),
    logs: 0,
    says: /cannot attach to this tracer provider \(SentryTracerProvider\).*openTelemetryBasicTracerProvider/,
  },
  {
    ...QUIET,
    name: "Sentry 10 with the SDK's provider, then register attaches",
    packages: SENTRY_10,
    preloads: ['sentry.mjs', 'weex'],
    env: sentry({ ...TRACES, openTelemetryBasicTracerProvider: true }),
    logs: 1,
    says: /attached to the tracer provider/,
  },
  {
    ...QUIET,
    name: 'the same, and Sentry samples nothing',
    packages: SENTRY_10,
    preloads: ['sentry.mjs', 'weex'],
    env: sentry({ openTelemetryBasicTracerProvider: true }),
    logs: 0,
    says: /the sampler SentrySampler drops AI stages/,
  },
  {
    ...QUIET,
    name: 'Sentry 10 with our processor in openTelemetrySpanProcessors',
    packages: SENTRY_10,
    preloads: ['sentry.mjs'],
    env: { ...sentry(TRACES), NEIGHBOUR_OURS: 'in Sentry' },
    logs: 1,
  },
  {
    ...QUIET,
    name: 'register starts the SDK, then Sentry 10',
    packages: SENTRY_10,
    preloads: ['weex', 'sentry.mjs'],
    env: { ...START, ...sentry(TRACES) },
    logs: 1,
    says: /\(SentryTracerProvider\) was set up after the one that register started/,
  },
  {
    ...QUIET,
    name: 'register starts the SDK, Sentry 10 with skipOpenTelemetrySetup',
    packages: SENTRY_10,
    preloads: ['weex', 'sentry.mjs'],
    env: { ...START, ...sentry({ ...TRACES, skipOpenTelemetrySetup: true }) },
    logs: 1,
  },
  {
    ...QUIET,
    name: 'Sentry 11 as it is, then register starts the SDK',
    packages: SENTRY_11,
    preloads: ['sentry.mjs', 'weex'],
    env: { ...START, ...sentry(TRACES) },
    logs: 1,
  },
  {
    ...QUIET,
    name: "Sentry 11's own provider, then register",
    packages: SENTRY_11,
    preloads: ['sentry.mjs', 'weex'],
    env: { ...START, ...sentry({ ...TRACES, enableOpenTelemetrySetup: true }) },
    logs: 0,
    says: /cannot attach to this tracer provider \(SentryTracerProvider\).*enableOpenTelemetrySetup: false/,
  },
  {
    ...QUIET,
    name: "register starts the SDK, then Sentry 11's own provider",
    packages: SENTRY_11,
    preloads: ['weex', 'sentry.mjs'],
    env: { ...START, ...sentry({ ...TRACES, enableOpenTelemetrySetup: true }) },
    logs: 1,
    says: /\(SentryTracerProvider\) was set up after the one that register started/,
  },
  ...['register', 'before', 'after'].map((place) => ({
    ...QUIET,
    name: `Langfuse masks in place, ours ${place === 'register' ? 'by register' : `${place} it`}`,
    packages: LANGFUSE,
    preloads: place === 'register' ? ['langfuse.mjs', 'weex'] : ['langfuse.mjs'],
    env: { NEIGHBOUR_PLACE: place },
    logs: 1,
    prints: /langfuse has \*\*\*/,
  })),
  ...[
    { line: 'sdk-node 0.301', packages: ['@opentelemetry/api@1.10', '@opentelemetry/sdk-node@0.301'] },
    { line: 'sdk-node 0.223', packages: SDK },
    { line: 'sdk-node 0.220', packages: ['@opentelemetry/api@1.9', '@opentelemetry/sdk-node@0.220.0'] },
  ].flatMap(({ line, packages }) => [
    {
      ...QUIET,
      name: `OTEL_CONFIG_FILE, ${line}`,
      packages,
      preloads: ['weex'],
      env: { OTEL_CONFIG_FILE: 'bots/otel.yaml', SERVICE: 'file-bot', SHARE: '1' },
      logs: 1,
      prints: /file-bot/,
    },
    {
      ...QUIET,
      name: `OTEL_CONFIG_FILE whose sampler drops all, ${line}`,
      packages,
      preloads: ['weex'],
      env: { OTEL_CONFIG_FILE: 'bots/otel.yaml', SERVICE: 'file-bot', SHARE: '0' },
      logs: 1,
      prints: /^$/,
    },
  ]),
  ...['0.215.0', '0.202.0', '0.57.2'].map((version) => ({
    ...QUIET,
    name: `OTEL_CONFIG_FILE, sdk-node ${version}`,
    packages: ['@opentelemetry/api@1.9', `@opentelemetry/sdk-node@${version}`],
    preloads: ['weex'],
    env: { OTEL_CONFIG_FILE: 'bots/otel.yaml', SERVICE: 'file-bot', SHARE: '1' },
    logs: 0,
    says: /cannot read an exporter named weex from it: install @opentelemetry\/sdk-node 0\.220 or newer/,
  })),
];
