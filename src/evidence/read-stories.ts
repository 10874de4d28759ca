import { type EntryHistory, readEntries } from '../journal/read-entries';
import type { JournalFile, JournalRecord } from '../journal/read-journal';
import type { Story, StoryRecord } from './bundle';
import { placeOf, recordOf, type Survey } from './journal-pass';
import { makeStory, type StoryOptions } from './make-story';

/** Which entries belong into the bundle. */
export type Wanted = (entry: { readonly id: string; readonly endedMillis: number }) => boolean;

/**
 * The stories of all wanted entries, file by file. The lines of one file are in memory at most, for what happens to
 * an entry stands behind it.
 */
export async function* readStories(
  folder: string,
  wanted: Wanted,
  survey: Survey,
  options: StoryOptions,
): AsyncGenerator<Story, void> {
  let base: string | undefined;
  const lines = new Map<number, { entry: StoryRecord & { readonly id: string }; later: StoryRecord[] }[]>();
  const onEach = (record: JournalRecord, file: JournalFile, bytes: Buffer): void => {
    if (file.base !== base) lines.clear();
    base = file.base;
    if (record.about !== undefined) {
      // What was written again under one number has one history: that of the line that counts.
      for (const { later } of lines.get(record.about) ?? []) later.push(recordOf(record, file, bytes));
    } else if (record.entry !== undefined && wanted(record.entry)) {
      const entry = { ...recordOf(record, file, bytes), id: record.entry.id };
      lines.set(record.seq, [...(lines.get(record.seq) ?? []), { entry, later: [] }]);
    }
  };
  for await (const history of readEntries(folder, undefined, onEach)) {
    const found = lines.get(history.seq)?.find(({ entry }) => entry.id === history.entry.id);
    if (found === undefined) continue;
    const { id: _, ...entry } = found.entry;
    yield makeStory(history, [entry, ...found.later], sequelOf(history, survey), options);
  }
}

function sequelOf({ file, seq, entry }: EntryHistory, { sequels, lateNotes }: Survey) {
  const sequel = sequels.get(placeOf(file, seq));
  const notes = lateNotes.get(entry.id);
  if (sequel === undefined && notes === undefined) return undefined;
  return { records: [...(notes ?? []), ...(sequel?.records ?? [])], redriven: sequel?.redriven };
}
