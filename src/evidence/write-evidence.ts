import { createHash } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import type { AuditedOrder } from '../audit/audit';
import { createMask } from '../entry/mask';
import { verifyJournal } from '../journal/verify-journal';
import type { BundleTail } from './bundle';
import { bundleHead } from './bundle-head';
import { howToCheck } from './claims';
import { type Survey, surveyJournal } from './journal-pass';
import { pageBegin, pageEnd } from './page-parts';
import { storyPart } from './page-story';
import { readStories, type Wanted } from './read-stories';

export interface EvidenceRequest {
  readonly folder: string;
  readonly account: string;
  readonly version: string;
  readonly jsonPath: string;
  readonly htmlPath: string;
  readonly orderId: string | undefined;
  readonly sinceMillis: number | undefined;
  readonly untilMillis: number | undefined;
  readonly redacts: boolean;
  /** The account's credentials, as far as they are known: no content that holds one gets into the bundle. */
  readonly secrets: readonly string[];
  readonly nowMillis: number;
  readonly progress: (text: string) => void;
}

export type EvidenceResult =
  | { readonly kind: 'unknown-order' }
  | {
      readonly kind: 'written';
      readonly entries: number;
      readonly orders: number;
      readonly head: string | undefined;
      /** Of the JSON file. */
      readonly sha256: string;
      readonly isIntact: boolean;
    };

const MOST_IN_PAGE = 1_000;

/** Writes both files beside their places and then puts them there, so that nobody ever reads half of one. */
export async function writeEvidence(request: EvidenceRequest): Promise<EvidenceResult> {
  const { folder, sinceMillis, untilMillis, nowMillis, progress } = request;
  progress(`recomputing the hash chain of ${folder} ...`);
  const verification = await verifyJournal(folder);
  // An order is found whenever it was.
  const everything = { sinceMillis: undefined, untilMillis: undefined };
  const survey = await surveyJournal(
    folder,
    request.orderId === undefined ? { sinceMillis, untilMillis } : everything,
    nowMillis,
    (entries) => progress(`${entries} entries read ...`),
  );
  const orders = survey.orders.filter(
    ({ orderId }) => request.orderId === undefined || orderId === request.orderId,
  );
  if (request.orderId !== undefined && orders.length === 0) return { kind: 'unknown-order' };
  const head = bundleHead({
    ...request,
    verification,
    orders,
    history: survey.history,
  });
  const mask = createMask(request.secrets);
  const options = {
    redacts: request.redacts,
    holdsSecret: (text: string) => mask.json(text) !== text,
    nowMillis,
  };
  const json = new NewFile(request.jsonPath);
  const page = new NewFile(request.htmlPath);
  const files = new Set<string>();
  let entries = 0;
  try {
    json.write(`${JSON.stringify(head).slice(0, -1)},\n"entries":[`);
    page.write(pageBegin(head));
    for await (const story of readStories(folder, wantedOf(request, orders, survey), survey, options)) {
      json.write(`${entries === 0 ? '' : ','}\n${JSON.stringify(story)}`);
      if (entries < MOST_IN_PAGE) page.write(storyPart(story));
      for (const { file } of story.records) files.add(file);
      entries += 1;
    }
    const anchors = head.chain.heads.filter(({ file }) => files.has(file));
    const tail: BundleTail = {
      writers: survey.writers.filter(({ file }) => files.has(file)),
      anchors,
      howToCheck: howToCheck(basename(request.jsonPath), anchors, request.redacts),
    };
    json.write(`\n],\n${JSON.stringify(tail).slice(1)}\n`);
    page.write(pageEnd(tail, Math.min(entries, MOST_IN_PAGE), entries));
    json.finish();
    page.finish();
  } catch (error) {
    json.abandon();
    page.abandon();
    throw error;
  }
  return {
    kind: 'written',
    entries,
    orders: orders.length,
    head: head.chain.head,
    sha256: json.sha256(),
    isIntact: head.chain.intact,
  };
}

function wantedOf(
  { orderId, sinceMillis, untilMillis }: EvidenceRequest,
  orders: readonly AuditedOrder[],
  { predecessors }: Survey,
): Wanted {
  const inWindow = (millis: number): boolean =>
    millis >= (sinceMillis ?? Number.NEGATIVE_INFINITY) && millis < (untilMillis ?? Number.POSITIVE_INFINITY);
  if (orderId === undefined) return ({ endedMillis }) => inWindow(endedMillis);
  const ids = new Set(orders.flatMap(({ credits }) => credits.map(({ entry }) => entry.id)));
  // What was sent again after a person had mended it belongs to the story. The set grows while it is gone through.
  for (const id of ids) {
    const before = predecessors.get(id);
    if (before !== undefined) ids.add(before);
  }
  return ({ id, endedMillis }) => ids.has(id) && inWindow(endedMillis);
}

const FLUSH_CHARACTERS = 262_144;

/** A file that is there whole or not at all, for its owner alone. */
class NewFile {
  readonly #path: string;
  readonly #temporary: string;
  readonly #fd: number;
  readonly #hash = createHash('sha256');
  #text = '';

  constructor(path: string) {
    this.#path = path;
    this.#temporary = `${path}.${process.pid}.tmp`;
    this.#fd = openSync(this.#temporary, 'w', 0o600);
  }

  write(text: string): void {
    this.#text += text;
    if (this.#text.length >= FLUSH_CHARACTERS) this.#flush();
  }

  finish(): void {
    this.#flush();
    closeSync(this.#fd);
    renameSync(this.#temporary, this.#path);
  }

  /** Of the whole file, once it is finished. */
  sha256(): string {
    return this.#hash.digest('hex');
  }

  abandon(): void {
    rmSync(this.#temporary, { force: true });
  }

  #flush(): void {
    const bytes = Buffer.from(this.#text);
    this.#hash.update(bytes);
    this.#text = '';
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at);
  }
}
