/** The one of `names` that `wrong` was probably meant to be. Case and separators do not count. */
export function nearestName(wrong: string, names: readonly string[]): string | undefined {
  const target = plain(wrong);
  if (target.length < 3 || target.length > 100) return undefined;
  let nearest: string | undefined;
  let least = Math.max(2, Math.floor(target.length / 3)) + 1;
  for (const name of names) {
    const candidate = plain(name);
    // A name cut short or with another end (`timeout`, `timeoutMs`) is nearer than its length says.
    const related = candidate.endsWith(target) || sharedStart(target, candidate) >= target.length * 0.8;
    const distance = related ? 1 : editDistance(target, candidate);
    if (distance < least) {
      least = distance;
      nearest = name;
    }
  }
  return nearest;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** How many letters have to be put in, taken out or changed. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
