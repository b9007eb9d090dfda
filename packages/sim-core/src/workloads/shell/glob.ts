/** Whether a text contains what makes it a pattern. */
export function isPattern(text: string): boolean {
  return /(^|[^\\])[*?[]/.test(text);
}

/**
 * Whether a shell pattern (`*`, `?`, `[a-z]`, `[!x]`, `\` quotes) stands for the whole text (POSIX shell, 2.13). Goes back to the
 * last `*` only, so that its time is the product of both lengths at most.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const units = unitsOf(pattern);
  let at = 0;
  let unit = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const current = units[unit];
    if (current === '*') {
      star = unit++;
      starAt = at;
    } else if (current?.(text[at] as string) === true) {
      unit++;
      at++;
    } else if (star >= 0) {
      unit = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (units[unit] === '*') unit++;
  return unit === units.length;
}

type Unit = '*' | ((character: string) => boolean);

function unitsOf(pattern: string): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    if (character === '*') units.push('*');
    else if (character === '?') units.push(() => true);
    else if (character === '[' && pattern.indexOf(']', at + 2) > 0) {
      const end = pattern.indexOf(']', at + 2);
      units.push(setOf(pattern.slice(at + 1, end)));
      at = end;
    } else {
      const wanted = character === '\\' ? (pattern[++at] ?? '\\') : character;
      units.push((found) => found === wanted);
    }
  }
  return units;
}

function setOf(text: string): (character: string) => boolean {
  const negated = /^[!^]/.test(text);
  const members = negated ? text.slice(1) : text;
  return (character) => includes(members, character) !== negated;
}

function includes(members: string, character: string): boolean {
  for (let at = 0; at < members.length; at++) {
    if (members[at + 1] === '-' && at + 2 < members.length) {
      if (character >= (members[at] as string) && character <= (members[at + 2] as string)) return true;
      at += 2;
    } else if (members[at] === character) return true;
  }
  return false;
}
