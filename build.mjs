// @ts-check
// Makes `dist`: every module and its types by tsc, then what a bot loads (`.` and `./register`) in one file,
// because 170 small ones cost its start twice as long.
//   node build.mjs [options of tsc]
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const ROOT = import.meta.dirname;
const DIST = join(ROOT, 'dist');
const require = createRequire(import.meta.url);
const TSC = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');

rmSync(DIST, { recursive: true, force: true });
execFileSync(process.execPath, [TSC, '-p', 'src', ...process.argv.slice(2)], { cwd: ROOT, stdio: 'inherit' });
await build({
  absWorkingDir: ROOT,
  stdin: {
    contents: `
      export * as index from './src/index';
      export { register } from './src/register/register';`,
    resolveDir: ROOT,
  },
  outfile: join(DIST, 'bundle.js'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  // The API is a peer, and undici is loaded when the first log is sent.
  packages: 'external',
  logLevel: 'warning',
});

// Small entries beside it: `import` first looks for the exports of a CommonJS file by reading all of it, which costs
// more than running it. So they stand here one by one, where that reader sees them.
const head = `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n`;
const names = Object.keys(require(join(DIST, 'bundle.js')).index);
writeFileSync(
  join(DIST, 'index.js'),
  `${head}const { index } = require("./bundle.js");\n${names.map((name) => `exports.${name} = index.${name};\n`).join('')}`,
);
writeFileSync(
  join(DIST, 'register.js'),
  `${head}require("./bundle.js").register(typeof __dirname === "string" ? require("node:path").join(__dirname, "cli", "main.js") : undefined);\n`,
);
