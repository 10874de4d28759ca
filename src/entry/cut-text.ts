const HIGH_SURROGATE = /[\ud800-\udbff]/;

/** At most `most` UTF-16 units from the beginning of `text`, with no surrogate pair parted. */
export function beginning(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.max(0, most);
  return text.slice(0, HIGH_SURROGATE.test(text.charAt(end - 1)) ? end - 1 : end);
}

/** The text, or of a longer one its beginning and a marker, together at most `most` UTF-16 units. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const marker = (cut: number): string => `… [cut: ${cut} characters]`;
  const kept = beginning(text, most - marker(text.length).length);
  return kept + marker(text.length - kept.length);
}
