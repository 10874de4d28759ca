// The ESM form: the same CommonJS instance under the same names.
export type {
  WeexEmulator,
  WeexEmulatorCondition,
  WeexEmulatorCredentials,
  WeexEmulatorFault,
  WeexEmulatorFaultName,
  WeexEmulatorFaultRule,
  WeexEmulatorLog,
  WeexEmulatorOptions,
  WeexEmulatorRequest,
  WeexEmulatorStats,
} from './emulator.js';
export { startWeexEmulator } from './emulator.js';
