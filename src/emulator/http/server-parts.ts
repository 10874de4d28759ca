import type { Clock } from '../../lib/clock';
import type { FaultList } from '../faults/fault-list';
import type { EmulatorSettings } from '../options';
import type { LiveFeed } from '../page/live-feed';
import type { History } from '../thread/history';

export interface ServerParts {
  readonly settings: EmulatorSettings;
  readonly clock: Clock;
  readonly faults: FaultList;
  readonly history: History;
  readonly feed: LiveFeed;
  /** Counted up and down by the server. */
  readonly connections: { opened: number; open: number };
}
