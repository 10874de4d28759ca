/**
 * `opentelemetry-exporter-weex/emulator`: a stand-in for WEEX, for tests, demos and CI.
 *
 * @packageDocumentation
 */
export type { WeexEmulatorCredentials } from './emulator/account';
export type { WeexEmulator } from './emulator/emulator';
export type {
  WeexEmulatorCondition,
  WeexEmulatorFault,
  WeexEmulatorFaultName,
  WeexEmulatorFaultRule,
} from './emulator/faults/fault';
export type { WeexEmulatorLog, WeexEmulatorRequest, WeexEmulatorStats } from './emulator/log';
export type { WeexEmulatorOptions } from './emulator/options';
export { startWeexEmulator } from './emulator/start-emulator';
