import { userInfo } from 'node:os';
import { isAbsolute, parse } from 'node:path';
import { type Env, variable } from './process-env';

/**
 * The user's own folder, or `undefined` where there is none.
 *
 * `os.homedir()` is not used: it throws for a user id without an entry, and believes an empty or relative
 * HOME. A home that is the root folder is that of nobody: containers with an arbitrary user id have it.
 */
export function homeFolder(env: Env): string | undefined {
  const named = variable(env, process.platform === 'win32' ? 'USERPROFILE' : 'HOME');
  return [named, registeredHome()].find(isUsable);
}

function registeredHome(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    return undefined;
  }
}

const isUsable = (folder: string | undefined): folder is string =>
  folder !== undefined && isAbsolute(folder) && parse(folder).root !== folder;
