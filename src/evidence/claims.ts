/** What a bundle proves and what it does not, for people who have to decide by it. */
export const SHOWS: readonly string[] = [
  'Each log below is copied from the journal as it stands there, with the SHA-256 of each of its lines and of the exact text that was, or would be, sent to WEEX.',
  'In each file of the journal every line holds the SHA-256 of the line before it; this chain was recomputed when the bundle was made, with the result stated under "chain".',
  '"Accepted" means that this machine received an answer with the success code of WEEX to a request with that text.',
  'Failed attempts, pauses and rejections are listed with the words of WEEX or the error of the network, as they were recorded when they happened.',
];

export const DOES_NOT_SHOW: readonly string[] = [
  'The chain alone does not prove that nothing was changed: whoever can write the files can make them anew, chain and all. It proves it from the moment on at which a head was noted where the writer could not change it; compare with such a head. A head vouches for the lines before it in its own file and in the earlier files of the same process; the SHA-256 of the JSON file vouches for all heads in it.',
  'The answers of WEEX are not signed and name no log, so that WEEX has a log is shown by WEEX only.',
  'Times are of the clock of this machine unless they are said to be of WEEX.',
  'That a model was asked, and that it gave this answer, rests on what the bot traced.',
  'What the bot did not trace, and what was removed from the journal when it grew too old or too large, is not here.',
];

export const REDACTED =
  'Input, output, explanation and the lines that hold them are left out; their hashes stand in their place. Whoever has the journal can compare. What is short can be guessed from its hash.';

const MOST_HEADS = 3;

/** Commands by which a reader can check a bundle. */
export function howToCheck(
  jsonFile: string,
  anchors: readonly { readonly hash: string }[],
  redacted: boolean,
): readonly string[] {
  const name = `'${jsonFile.replaceAll("'", `'\\''`)}'`;
  const heads = anchors.map(({ hash }) => ` --head ${hash}`).join('');
  const texts = redacted
    ? []
    : [
        `The text of a log against its hash: jq -j '.entries[0].body.text' ${name} | sha256sum`,
        `A line of the journal against its hash: jq -j '.entries[0].records[0].line' ${name} | sha256sum`,
      ];
  return [
    ...texts,
    'A line of the journal by its hash: the next line of its file holds it as "prev"',
    `The journal against this bundle, on the machine that has it: weex-ai-log verify --bundle ${name}`,
    ...(anchors.length === 0 || anchors.length > MOST_HEADS
      ? []
      : [`The same by the heads of the files that hold these logs: weex-ai-log verify${heads}`]),
    `This bundle against a hash that was noted when it was made: sha256sum ${name}`,
  ];
}
