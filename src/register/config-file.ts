import { readFileSync } from 'node:fs';
import { type BotPackage, versionOf } from '../host/bot-packages';
import { call, isObject, property, reasonOf } from '../host/foreign';

/** The model of a declarative configuration, as the SDK's own parser makes it: variables are replaced. */
export type ConfigModel = Readonly<Record<string, unknown>>;

export type ConfigFile =
  | { readonly kind: 'model'; readonly model: ConfigModel }
  /** `reason`: a sentence without its end, with what to do. */
  | { readonly kind: 'unusable'; readonly reason: string };

/**
 * Whether the file may have an exporter of ours: before an SDK is looked for, and for parsers that leave out
 * what they do not know. A comment is enough; the parser has the last word.
 */
export function mentionsWeex(path: string): boolean {
  try {
    return /\bweex["']?\s*:/.test(readFileSync(path, 'utf8'));
  } catch {
    return false;
  }
}

/**
 * Reads the file that `OTEL_CONFIG_FILE` names by the parser of the SDK that will be started, so that both see
 * the same.
 */
export function readConfigFile(path: string, sdkNode: BotPackage): ConfigFile {
  const parser = sdkNode.find('@opentelemetry/configuration');
  const start = startFunction(sdkNode);
  if (parser === undefined || start === undefined) return { kind: 'unusable', reason: tooOld(sdkNode) };
  try {
    const model = parse(parser, path);
    if (!isModel(model)) return { kind: 'unusable', reason: tooOld(sdkNode) };
    return { kind: 'model', model };
  } catch (error) {
    return { kind: 'unusable', reason: reasonOf(error) };
  }
}

/** 0.30x has a function for a path; 0.2xx a factory that reads the variable by itself. */
function parse(parser: BotPackage, path: string): unknown {
  const exports = parser.load();
  if (typeof property(exports, 'parseConfigFile') === 'function')
    return call(exports, 'parseConfigFile', path);
  return call(call(exports, 'createConfigFactory'), 'getConfigModel');
}

/** 0.30x has renamed it. */
export function startFunction(sdkNode: BotPackage): string | undefined {
  const exports = sdkNode.load();
  return ['startNodeSdk', 'startNodeSDK'].find((name) => typeof property(exports, name) === 'function');
}

/** Parsers before 0.218 leave out exporters that they do not know; before 0.220 the SDK ignores the sampler. */
export const tooOld = (sdkNode: BotPackage): string =>
  `@opentelemetry/sdk-node ${versionOf(sdkNode)} cannot read an exporter named weex from it: install @opentelemetry/sdk-node 0.220 or newer, or unset OTEL_CONFIG_FILE and set OTEL_TRACES_EXPORTER=otlp,weex`;

const isModel = (value: unknown): value is ConfigModel => isObject(value) && !Array.isArray(value);
