import type { Described, Setting } from './catalog';
import { isUnset, type Parser, type Problem } from './parser';
import { type Env, variable } from './process-env';
import type { ShowValue } from './show-value';

export interface ReaderParts {
  readonly options: Readonly<Record<string, unknown>>;
  readonly env: Env;
  readonly show: ShowValue;
  /** Takes what is wrong in code. */
  problem(text: string): void;
  /** Takes what is wrong in the environment. */
  warn(text: string): void;
}

export interface SettingReader {
  read<T>(setting: Setting<T>): T;
  /** For a setting whose rules depend on others. */
  readBy<T>(option: string, described: Described, parser: Parser<T>, fallback: T): T;
}

/** Code beats environment beats default; empty means unset. */
export function createSettingReader({ options, env, show, problem, warn }: ReaderParts): SettingReader {
  const sentence = (name: string, { expected, hint, ...rest }: Problem): string => {
    const got = 'got' in rest ? `, got ${show(rest.got)}` : '';
    return `${name}: expected ${expected}${got}${hint ? ` (${hint})` : ''}`;
  };

  const readBy: SettingReader['readBy'] = (option, { variables, byDefault }, parser, fallback) => {
    const given = options[option];
    if (!isUnset(given)) {
      const parsed = parser.fromCode(given);
      for (const wrong of parsed.problems) problem(sentence(option, wrong));
      return parsed.kind === 'value' ? parsed.value : fallback;
    }
    const set = variables.filter((name) => variable(env, name) !== undefined);
    for (const [position, name] of set.entries()) {
      const parsed = parser.fromText(variable(env, name) ?? '');
      const instead =
        parsed.kind === 'value'
          ? 'the rest'
          : (set[position + 1] ?? `the default (${byDefault.replaceAll('`', '')})`);
      for (const wrong of parsed.problems) warn(`${sentence(name, wrong)}; ignored, ${instead} is used`);
      if (parsed.kind === 'value') return parsed.value;
    }
    return fallback;
  };

  return {
    readBy,
    read: (setting) => readBy(setting.option, setting, setting.parser, setting.fallback),
  };
}
