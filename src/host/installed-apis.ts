import { type BotPackage, versionOf } from './bot-packages';
import type { InstalledApi } from './self-check';

const API = '@opentelemetry/api';

/** Packages that come with a bot and may have a copy of the API of their own beneath them. */
const OWNERS = [
  '@opentelemetry/sdk-node',
  '@opentelemetry/sdk-trace',
  '@opentelemetry/sdk-trace-base',
  '@opentelemetry/auto-instrumentations-node',
  'opentelemetry-exporter-weex',
];

/** The copies of the API that the bot, its SDK and this package find; nothing is loaded. */
export function installedApis(find: (name: string) => BotPackage | undefined): readonly InstalledApi[] {
  const copies = new Map<string, InstalledApi>();
  for (const api of [find(API), ...OWNERS.map((owner) => find(owner)?.find(API))]) {
    if (api === undefined || copies.has(api.path)) continue;
    copies.set(api.path, { version: versionOf(api), path: api.path });
  }
  return [...copies.values()];
}

/**
 * Those that cannot see what a copy of the given version has registered: the API hands out nothing that is
 * older than itself.
 */
export const blindApis = (copies: readonly InstalledApi[], registered: string): readonly InstalledApi[] =>
  copies.filter(({ version }) => isNewer(version, registered));

function isNewer(version: string, than: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number.parseFloat);
  const [thanMajor = 0, thanMinor = 0, thanPatch = 0] = than.split('.').map(Number.parseFloat);
  if (major !== thanMajor) return major > thanMajor;
  return minor === thanMinor ? patch > thanPatch : minor > thanMinor;
}
