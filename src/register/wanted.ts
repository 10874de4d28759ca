import { type Env, variable } from '../config/process-env';
import type { BotPackage } from '../host/bot-packages';
import { property } from '../host/foreign';
import { type BotSdk, findBotSdk } from './bot-sdk';
import { mentionsWeex, readConfigFile, tooOld } from './config-file';
import type { Lines } from './lines';
import { tracesExporters } from './traces-exporter';
import { takeOutWeex, type WithoutWeex } from './weex-entries';

/** What the environment asks register to start. */
export type Wanted =
  /** Nothing: another sets up the SDK, and register attaches to it. */
  | { readonly kind: 'attach' }
  | {
      readonly kind: 'start';
      readonly sdk: BotSdk;
      /** The names beside `weex` in `OTEL_TRACES_EXPORTER`. */
      readonly others: readonly string[];
      /** By `OTEL_CONFIG_FILE`; the variables that choose exporters then mean nothing. */
      readonly config: WithoutWeex | undefined;
    }
  /** The file says `disabled`. */
  | { readonly kind: 'disabled' };

const ATTACH: Wanted = { kind: 'attach' };

export function wantedBy(env: Env, find: (name: string) => BotPackage | undefined, lines: Lines): Wanted {
  const { weex, others } = tracesExporters(env);
  const path = variable(env, 'OTEL_CONFIG_FILE');
  if (path !== undefined && (weex || mentionsWeex(path))) {
    const sdk = findBotSdk(find, 'OTEL_CONFIG_FILE', lines);
    return sdk === undefined ? ATTACH : byFile(path, sdk, weex ? others : undefined, lines);
  }
  const sdk = weex ? findBotSdk(find, 'OTEL_TRACES_EXPORTER', lines) : undefined;
  return sdk === undefined ? ATTACH : { kind: 'start', sdk, others, config: undefined };
}

/** `others`: what stands beside `weex` in `OTEL_TRACES_EXPORTER`, if that names it too. */
function byFile(path: string, sdk: BotSdk, others: readonly string[] | undefined, lines: Lines): Wanted {
  const byVariables: Wanted =
    others === undefined ? ATTACH : { kind: 'start', sdk, others, config: undefined };
  const instead = others === undefined ? 'register starts nothing' : 'OTEL_TRACES_EXPORTER is used instead';
  const file = readConfigFile(path, sdk.sdkNode);
  if (file.kind === 'unusable') {
    lines.error('config-file', `OTEL_CONFIG_FILE (${path}): ${file.reason}; ${instead}`);
    return byVariables;
  }
  if (property(file.model, 'disabled') === true) return { kind: 'disabled' };
  const config = takeOutWeex(file.model);
  if (config.entries.length > 0) {
    if (config.entries.length > 1)
      lines.warn(
        'config-entries',
        `OTEL_CONFIG_FILE (${path}) has ${config.entries.length} exporters named weex, and only the first is used: for another account add new WeexSpanProcessor({ ... }) in code`,
      );
    return { kind: 'start', sdk, others: [], config };
  }
  if (others !== undefined) {
    lines.warn(
      'config-file',
      `OTEL_CONFIG_FILE (${path}) has no exporter named weex, and OTEL_TRACES_EXPORTER names it: AI logs are taken, and all else is as the file says. Add the exporter to the file`,
    );
    return { kind: 'start', sdk, others: [], config };
  }
  if (leavesOutUnknown(file.model))
    lines.error('config-file', `OTEL_CONFIG_FILE (${path}): ${tooOld(sdk.sdkNode)}; ${instead}`);
  return ATTACH;
}

/** Older parsers leave an empty object or nothing where an exporter is that they do not know. */
const leavesOutUnknown = (model: unknown): boolean => {
  const processors = property(property(model, 'tracer_provider'), 'processors');
  return (
    !Array.isArray(processors) || processors.some((one) => JSON.stringify(one).includes('"exporter":{}'))
  );
};
