// @ts-check
// Prints the path of a Jaeger v2 binary: the one on PATH or in Go's folder for programs, else one that is built here,
// once, from the Go module proxy, which takes Go and several minutes. `--find` builds none.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Each release has two tags, this one and v2.13.0; Go accepts only this one, since the module's path ends without /v2.
const MODULE = 'github.com/jaegertracing/jaeger';
const TAG = 'v1.76.0';
const VERSION = 'v2.13.0';
/** Of Go 1: the first that can fetch the toolchain which the module asks for. */
const OLDEST_GO_MINOR = 21;
const SUFFIX = process.platform === 'win32' ? '.exe' : '';

/** @returns {string | undefined} the path of a Jaeger v2 binary */
export function findJaeger() {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean), goBinFolder()];
  return folders.map((folder) => join(folder, `jaeger${SUFFIX}`)).find(isJaegerTwo);
}

/** @returns {string} the path of the binary */
export function buildJaeger() {
  const go = findGo();
  const folder = mkdtempSync(join(tmpdir(), 'weex-jaeger-'));
  // What Go says of hundreds of modules is shown only when it fails.
  const run = (/** @type {string[]} */ ...args) =>
    execFileSync(go, args, {
      cwd: folder,
      env: { ...process.env, GOBIN: goBinFolder() },
      stdio: 'pipe',
      maxBuffer: 64 * 1024 * 1024,
    });
  console.error(`building Jaeger ${VERSION} with ${go}, once; this takes several minutes`);
  try {
    // `go install MODULE@TAG` refuses modules with replace directives, so a module of our own asks for it.
    run('mod', 'init', 'weex-jaeger');
    run('get', `${MODULE}/cmd/jaeger@${TAG}`);
    const stamp = `-s -w -X ${MODULE}/internal/version.latestVersion=${VERSION}`;
    run('install', '-buildvcs=false', '-ldflags', stamp, `${MODULE}/cmd/jaeger`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const binary = join(goBinFolder(), `jaeger${SUFFIX}`);
  if (!isJaegerTwo(binary)) throw new Error(`go install left no Jaeger v2 at ${binary}`);
  return binary;
}

/** Jaeger 1 has no binary of this name; something else on PATH might have. @param {string} path */
function isJaegerTwo(path) {
  if (!isExecutable(path)) return false;
  const { stdout, status } = spawnSync(path, ['version'], { encoding: 'utf8', timeout: 30_000 });
  return status === 0 && /"gitVersion":"(v2\.[^"]*|)"/.test(stdout);
}

/** Where `go install` puts programs. It asks no Go, since the binary may be there without one. */
function goBinFolder() {
  const { GOBIN, GOPATH } = process.env;
  const path = GOPATH?.split(delimiter)[0] || join(homedir(), 'go');
  return GOBIN || join(path, 'bin');
}

/** @returns {string} a Go that is new enough */
function findGo() {
  const go = ['go', '/usr/local/go/bin/go'].find((place) => {
    const { stdout } = spawnSync(place, ['env', 'GOVERSION'], { encoding: 'utf8' });
    const [, minor] = /^go1\.(\d+)/.exec(stdout ?? '') ?? [];
    return Number(minor) >= OLDEST_GO_MINOR;
  });
  if (go !== undefined) return go;
  throw new Error(
    `Jaeger is neither on PATH nor in ${goBinFolder()}, and building it takes Go 1.${OLDEST_GO_MINOR} or newer: ` +
      'install that (https://go.dev/dl), or put a jaeger v2 binary on PATH',
  );
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const found = findJaeger();
    if (found === undefined && process.argv.includes('--find')) process.exitCode = 1;
    else console.log(found ?? buildJaeger());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
