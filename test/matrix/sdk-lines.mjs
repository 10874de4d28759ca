// @ts-check

/**
 * A line of the OpenTelemetry SDK, as a bot's author has it in `package.json`.
 *
 * @typedef {object} SdkLine
 * @property {string} name what the table calls it
 * @property {string} tracePackage where its span processors come from
 * @property {string[]} packages
 */

const API = '@opentelemetry/api';
const SDK_NODE = '@opentelemetry/sdk-node';

/**
 * @param {'sdk-trace-base' | 'sdk-trace'} trace
 * @param {string} version
 * @param {string} sdkNode
 * @param {string} api
 * @returns {SdkLine}
 */
function line(trace, version, sdkNode, api) {
  const tracePackage = `@opentelemetry/${trace}`;
  return {
    name: `${trace} ${version}, sdk-node ${sdkNode}`,
    tracePackage,
    packages: [`${API}@${api}`, `${tracePackage}@${version}`, `${SDK_NODE}@${sdkNode}`],
  };
}

export const OLDEST = line('sdk-trace-base', '1.30.1', '0.57.2', '1.9');
export const NEWEST = line('sdk-trace', '3.1', '0.301', '1.10');

/** What most bots have. */
export const USUAL = line('sdk-trace-base', '2.12.1', '0.223', '1.9');

/** @type {readonly SdkLine[]} */
export const SDK_LINES = [
  OLDEST,
  line('sdk-trace-base', '2.0.1', '0.202', '1.9'),
  USUAL,
  // From 2.9 on under both names; the old one is a face of the new one, with other constructors.
  line('sdk-trace', '2.12.1', '0.223', '1.9'),
  NEWEST,
];
