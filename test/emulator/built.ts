import { createRequire } from 'node:module';
import type * as Source from '../../src/emulator.js';

/**
 * The emulator as users get it. The built form, because its thread is a file of its own that Node loads
 * without vitest; typed by the source, so that type checks need no build.
 */
const built: typeof Source = createRequire(import.meta.url)('../../dist/emulator.js');

export const { startWeexEmulator } = built;
