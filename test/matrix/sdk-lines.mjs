// @ts-check

/**
 * A line of the OpenTelemetry SDK, as a bot's author has it in `package.json`.
 *
 * @typedef {object} SdkLine
 * @property {string} name what the table calls it
 * @property {string} tracePackage where its span processors come from
 * @property {string[]} packages
 */

/** @type {readonly SdkLine[]} */
export const SDK_LINES = [
  {
    name: 'sdk-trace-base 1.30.1, sdk-node 0.57',
    tracePackage: '@opentelemetry/sdk-trace-base',
    packages: [
      '@opentelemetry/api@1.9',
      '@opentelemetry/sdk-trace-base@1.30.1',
      '@opentelemetry/sdk-node@0.57.2',
    ],
  },
  {
    name: 'sdk-trace-base 2.0.1, sdk-node 0.202',
    tracePackage: '@opentelemetry/sdk-trace-base',
    packages: [
      '@opentelemetry/api@1.9',
      '@opentelemetry/sdk-trace-base@2.0.1',
      '@opentelemetry/sdk-node@0.202.0',
    ],
  },
  {
    name: 'sdk-trace-base 2.12.1, sdk-node 0.223',
    tracePackage: '@opentelemetry/sdk-trace-base',
    packages: [
      '@opentelemetry/api@1.9',
      '@opentelemetry/sdk-trace-base@2.12.1',
      '@opentelemetry/sdk-node@0.223',
    ],
  },
  {
    name: 'sdk-trace 3.1, sdk-node 0.301',
    tracePackage: '@opentelemetry/sdk-trace',
    packages: ['@opentelemetry/api@1.10', '@opentelemetry/sdk-trace@3.1', '@opentelemetry/sdk-node@0.301'],
  },
];

/** The oldest and the newest. */
export const CORNERS = SDK_LINES.filter((line) => line === SDK_LINES[0] || line === SDK_LINES.at(-1));
