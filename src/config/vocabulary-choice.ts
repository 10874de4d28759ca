import { nearestName } from './nearest-name';
import { invalid, list, type Parsed, type Parser, valid } from './parser';

export type VocabularyChoice = 'all' | 'own' | readonly string[];

/**
 * Which families of span attributes are read. `known` are the names that exist; without it only their form
 * is checked. A wrong name would silently leave decisions out, so it is never just passed on.
 */
export function vocabularyParser(known: readonly string[] | undefined): Parser<VocabularyChoice> {
  const expected = `"all", "own" or a list of vocabularies${known ? ` (${known.join(', ')})` : ''}`;
  const names = list((item) => {
    const found = ['all', 'own', ...(known ?? [])].find((name) => name.toLowerCase() === item.toLowerCase());
    if (found !== undefined) return valid(found);
    if (known === undefined && /^[A-Za-z][\w.-]{0,63}$/.test(item)) return valid(item);
    const nearest = nearestName(item, known ?? []);
    const hint = nearest && `did you mean "${nearest}"?`;
    return { kind: 'nothing', problems: [{ expected, got: item, hint }] };
  }, expected);
  const parse = (value: unknown): Parsed<VocabularyChoice> => {
    const parsed = names.fromCode(value);
    if (parsed.kind === 'nothing') return parsed;
    if (parsed.value.length === 0) return invalid(expected, value);
    if (parsed.value.includes('all')) return { ...parsed, value: 'all' };
    return parsed.value.every((name) => name === 'own') ? { ...parsed, value: 'own' } : parsed;
  };
  return { fromCode: parse, fromText: parse };
}
