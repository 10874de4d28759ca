import type { WeexOptions } from '../config/settings';
import { openPipeline } from '../pipeline';
import type { EntryChannel } from './entry-channel';

/** A share in the account's pipeline, as the logger uses it. */
export function openEntryChannel(options: WeexOptions): EntryChannel {
  const { pipeline, settings, release } = openPipeline(options);
  return {
    submit: (entry) => pipeline.submit(entry),
    submitSync: (entry, transport, timeoutMillis) => pipeline.submitSync(entry, transport, timeoutMillis),
    release,
    timeoutMillis: settings.timeoutMillis,
    route: settings,
  };
}
