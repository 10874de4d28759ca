import { membersOf } from '../entry/json-scan';

/** What a payload states. Input and output stay text, because parsing changes long numbers. */
export interface PayloadContent {
  readonly model: string;
  readonly explanation: string;
  readonly input: string;
  readonly output: string;
}

export function contentOf(payload: string): PayloadContent {
  const found = new Map<string, string>();
  for (const { keyStart, keyEnd, start, end } of membersOf(payload, 0)) {
    found.set(payload.slice(keyStart + 1, keyEnd - 1), payload.slice(start, end));
  }
  return {
    model: textIn(found.get('model')),
    explanation: textIn(found.get('explanation')),
    input: found.get('input') ?? '{}',
    output: found.get('output') ?? '{}',
  };
}

function textIn(json: string | undefined): string {
  const value: unknown = json === undefined ? '' : JSON.parse(json);
  return typeof value === 'string' ? value : '';
}
