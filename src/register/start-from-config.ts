import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withVariables } from '../config/process-env';
import { call } from '../host/foreign';
import { replaceSampler, samplerOf, spanProcessorsOf } from '../host/provider-parts';
import { AiStageSampler } from '../otel/ai-stage-sampler';
import { type ConfigModel, startFunction } from './config-file';
import { isSampler } from './sampler-from-env';
import { instrumentationOptions, type RunningSdk, registeredParts, type SdkRequest } from './start-sdk';
import type { WithoutWeex } from './weex-entries';

/**
 * Starts the bot's SDK by a configuration. Its public interface takes a file, so the configuration is written to
 * one, which is gone when this returns. Texts in it may be secrets (headers of another exporter): what is
 * written are the names of variables that hold them for as long.
 */
export function startFromConfig(model: ConfigModel, request: SdkRequest): RunningSdk {
  const { sdkNode } = request;
  const { resourceDetectors: _, ...options } = instrumentationOptions(request);
  const { text, variables } = withoutTexts({ file_format: '1.0', ...model });
  const folder = mkdtempSync(join(tmpdir(), 'weex-otel-config-'));
  try {
    const path = join(folder, 'config.yaml');
    writeFileSync(path, text, { mode: 0o600 });
    const sdk = withVariables({ ...variables, OTEL_CONFIG_FILE: path }, () =>
      call(sdkNode.load(), startFunction(sdkNode) ?? '', options),
    );
    return {
      flush: async () =>
        Promise.allSettled(registeredParts(sdkNode).map(async (part) => call(part, 'forceFlush'))),
      shutdown: async () => call(sdk, 'shutdown'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * JSON is YAML. The parser replaces `${NAME}` in a quoted text by the variable's value and looks no further into
 * that; a variable that is blank counts as unset, so such a text stays where it is.
 */
export function withoutTexts(model: ConfigModel): {
  readonly text: string;
  readonly variables: Readonly<Record<string, string>>;
} {
  const variables: Record<string, string> = {};
  let count = 0;
  const text = JSON.stringify(model, (_, value: unknown) => {
    if (typeof value !== 'string' || value.trim() === '') return value;
    const name = `OTEL_WEEX_CONFIG_TEXT_${count}`;
    count += 1;
    variables[name] = value;
    return `\${${name}}`;
  });
  return { text, variables };
}

/**
 * A file has no place for a sampler of ours, so the provider's is wrapped before anybody has a tracer of it. Where
 * that is not possible, the self-check says what is dropped.
 */
export function prepareConfigured(provider: object, { hasPlaceholder }: WithoutWeex): void {
  const sampler = samplerOf(provider);
  if (isSampler(sampler)) replaceSampler(provider, new AiStageSampler(sampler));
  const owner = spanProcessorsOf(provider)?.owner;
  if (hasPlaceholder && owner !== undefined) Reflect.set(owner, '_spanProcessors', []);
}
