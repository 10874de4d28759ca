/** One account that the emulator knows. The shape fits the exporter's options, so it can be spread into them. */
export interface WeexEmulatorCredentials {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly apiPassphrase: string;
}

/**
 * The account when none is given. Always the same, so that a `.env` file made from one start of the emulator
 * fits the next; the words say that no exchange knows them.
 */
export const DEFAULT_ACCOUNT: WeexEmulatorCredentials = {
  apiKey: 'weex_emulator_key',
  apiSecret: 'weex_emulator_secret_of_no_real_account',
  apiPassphrase: 'weex_emulator_passphrase',
};
