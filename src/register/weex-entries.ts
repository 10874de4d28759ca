import { isObject, property } from '../host/foreign';
import type { ConfigModel } from './config-file';

export interface WithoutWeex {
  /** What each `weex` entry holds, in the order of the file. */
  readonly entries: readonly unknown[];
  /** The model without them. */
  readonly rest: ConfigModel;
  /** The rest has one processor that must not stay: the schema asks for at least one, and none was left. */
  readonly hasPlaceholder: boolean;
}

/** Made and dropped before a span exists. */
const PLACEHOLDER = { simple: { exporter: { console: null } } };

/**
 * Takes the exporters named `weex` out of a configuration, with the processors around them: ours is a processor
 * by itself. An SDK that meets a name that it does not know starts nothing at all.
 */
export function takeOutWeex(model: ConfigModel): WithoutWeex {
  const provider = property(model, 'tracer_provider');
  const processors = property(provider, 'processors');
  const entries: unknown[] = [];
  const others = (Array.isArray(processors) ? processors : []).filter((processor: unknown) => {
    const exporter = exporterOf(processor);
    if (!isObject(exporter) || !Object.hasOwn(exporter, 'weex')) return true;
    entries.push(property(exporter, 'weex'));
    return false;
  });
  const hasPlaceholder = others.length === 0;
  const rest = {
    ...model,
    tracer_provider: {
      ...(isObject(provider) ? provider : {}),
      processors: hasPlaceholder ? [PLACEHOLDER] : others,
    },
  };
  return { entries, rest, hasPlaceholder };
}

const exporterOf = (processor: unknown): unknown =>
  property(property(processor, 'batch') ?? property(processor, 'simple'), 'exporter');

/** For an SDK that is started without us: with the placeholder alone it has no tracer provider. */
export function withoutPlaceholder({ rest, hasPlaceholder }: WithoutWeex): ConfigModel {
  if (!hasPlaceholder) return rest;
  const { tracer_provider: _, ...others } = rest;
  return others;
}
