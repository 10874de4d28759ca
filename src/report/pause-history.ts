import { cutText } from '../entry/cut-text';
import type { JournalRecord } from '../journal/read-journal';
import { pauseOf } from '../journal/record-contents';
import type { ReportPause } from './report-data';

const MOST_PAUSES = 1_000;
const MOST_REASON = 300;

/** When the account was paused, from what its processes wrote down, in any order of files. */
export class PauseHistory {
  readonly #events: { readonly at: number; readonly pause: string | undefined }[] = [];

  take(record: JournalRecord): void {
    if (record.kind === 'paused') {
      const { sinceMillis, reason } = pauseOf(record);
      this.#events.push({ at: sinceMillis, pause: cutText(reason, MOST_REASON) });
    } else if (record.kind === 'resumed') {
      this.#events.push({ at: record.atMillis, pause: undefined });
    }
  }

  /**
   * Oldest first, the newest when there are very many. Each process tells what it saw, so one pause may be told
   * several times.
   *
   * @param isPaused whether it is paused now
   */
  finish(isPaused: boolean): ReportPause[] {
    const pauses: ReportPause[] = [];
    let open: ReportPause | undefined;
    for (const { at, pause } of this.#events.toSorted((one, other) => one.at - other.at)) {
      if (pause !== undefined) {
        open ??= { from: at, reason: pause };
      } else if (open !== undefined) {
        pauses.push({ ...open, until: at });
        open = undefined;
      }
    }
    // A pause that nobody saw end, and that does not hold any more: only its beginning is known.
    if (open !== undefined) pauses.push(isPaused ? open : { ...open, until: open.from });
    return pauses.slice(-MOST_PAUSES);
  }
}
