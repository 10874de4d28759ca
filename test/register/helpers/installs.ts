import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');

export interface Install {
  readonly dir: string;
  write(path: string, text: string): void;
  /** Another copy of this package, as npm nests them. */
  copyOfUs(path: string): void;
  remove(): void;
}

/** A folder as a bot's author has it: the bots, this package as it was built, and the packages named. */
export function install(...packages: readonly string[]): Install {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'weex-register-')));
  cpSync(join(import.meta.dirname, '..', 'bots'), dir, { recursive: true });
  const link = (name: string, target: string): void => {
    const place = join(dir, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(target, place);
  };
  link('opentelemetry-exporter-weex', ROOT);
  for (const name of packages) link(name, join(ROOT, 'node_modules', name));
  return {
    dir,
    write(path, text) {
      const place = join(dir, path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text);
    },
    copyOfUs: (path) => cpSync(join(ROOT, 'dist'), join(dir, path, 'dist'), { recursive: true }),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export const API = '@opentelemetry/api';
export const SDK = '@opentelemetry/sdk-node';
export const AUTO_INSTRUMENTATIONS = '@opentelemetry/auto-instrumentations-node';
