import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** The warning is said once in a process, so each case is a process. */
function run(script: string, env: Readonly<Record<string, string>> = {}) {
  const prelude = `
    const api = require('@opentelemetry/api');
    const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
    const { BasicTracerProvider, AlwaysOffSampler } = require('@opentelemetry/sdk-trace-base');
    const { startActiveStage, startStage } = require('./dist/stages/start-stage.js');
    const { withoutTracing } = require('./dist/lib/suppress-tracing.js');
    api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const stages = () => {
      startStage('Execution', { model: 'm' }).setOutput(1).end();
      console.log(startActiveStage('Execution', { model: 'm' }, () => 'ran'));
    };
  `;
  const { OTEL_LOG_LEVEL: _, ...inherited } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', prelude + script], {
    cwd: root,
    env: { ...inherited, ...env },
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

const REMOTE_PARENT = `api.trace.setSpanContext(api.ROOT_CONTEXT,
  { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1, isRemote: true })`;

describe('stages without a registered tracer provider', () => {
  it.each([
    ['on their own', 'stages(); stages();'],
    ['below a span of another service', `api.context.with(${REMOTE_PARENT}, stages);`],
  ])('run, and say once on stderr what is missing: %s', (_, script) => {
    const { stdout, stderr, status } = run(script);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^(ran\n)+$/);
    expect(stderr).toMatch(
      /^opentelemetry-exporter-weex: the stage "Execution" is not traced, because no tracer provider is registered.*opentelemetry-exporter-weex\/register.*\n$/,
    );
  });

  it('say nothing by OTEL_LOG_LEVEL=none', () => {
    expect(run('stages();', { OTEL_LOG_LEVEL: 'none' })).toEqual({ stdout: 'ran\n', stderr: '', status: 0 });
  });

  it('say it to the diag logger where one is set', () => {
    const { stdout, stderr } = run(`
      const quiet = () => {};
      const warn = (text) => console.log('diag: ' + text);
      api.diag.setLogger({ warn, error: quiet, info: quiet, debug: quiet, verbose: quiet });
      stages(); stages();
    `);
    expect(stderr).toBe('');
    expect(stdout.match(/^diag: .*no tracer provider is registered/gm)).toHaveLength(1);
  });
});

describe('stages whose spans are lost for another reason', () => {
  it.each([
    ['a sampler drops them', 'const sampler = new AlwaysOffSampler();', 'stages();'],
    [
      'a sampler drops them below a sampled parent',
      'const sampler = new AlwaysOffSampler();',
      `api.context.with(${REMOTE_PARENT}, stages);`,
    ],
    ['tracing is suppressed', '', 'withoutTracing(stages);'],
    ['the span limits are zero', 'const spanLimits = { attributeCountLimit: 0 };', 'stages();'],
  ])('say nothing when %s', (_, setup, script) => {
    const provider = 'api.trace.setGlobalTracerProvider(new BasicTracerProvider({ ...options }));';
    const options = `const options = {
      ...(typeof sampler === 'undefined' ? {} : { sampler }),
      ...(typeof spanLimits === 'undefined' ? {} : { spanLimits }),
    };`;
    const { stdout, stderr } = run(setup + options + provider + script);
    expect([stdout, stderr]).toEqual(['ran\n', '']);
  });

  it('say nothing when tracing is suppressed and no provider is registered', () => {
    expect(run('withoutTracing(stages);')).toMatchObject({ stdout: 'ran\n', stderr: '' });
  });
});
