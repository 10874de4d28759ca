import { own } from './own';
import type { Vocabulary } from './vocabulary';

/** The first vocabulary that gives a span a role decides what the span is. */
const IN_ORDER_OF_ROLES: readonly Vocabulary[] = [own];

/** The first vocabulary that has a field wins it, whatever gave the span its role. Not always the same order. */
const IN_ORDER_OF_FIELDS: readonly Vocabulary[] = [own];

/** Every name that the `vocabularies` setting may list. */
export const VOCABULARY_NAMES: readonly string[] = IN_ORDER_OF_ROLES.map((vocabulary) => vocabulary.name);

export interface ChosenVocabularies {
  readonly byRole: readonly Vocabulary[];
  readonly byField: readonly Vocabulary[];
}

/**
 * The vocabularies that a setting names. Ours is always among them: a list says which libraries are read, and
 * must not silence the stages that the bot states itself. Unknown names are for the settings to refuse.
 */
export function chooseVocabularies(setting: 'all' | 'own' | readonly string[]): ChosenVocabularies {
  const isChosen = ({ name }: Vocabulary): boolean =>
    setting === 'all' || name === own.name || (setting !== 'own' && setting.includes(name));
  return { byRole: IN_ORDER_OF_ROLES.filter(isChosen), byField: IN_ORDER_OF_FIELDS.filter(isChosen) };
}
