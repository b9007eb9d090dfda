import type { Reader } from '../../scenario/reader.ts';
import { isRole, ROLES, sayRoles } from '../binding/roles.ts';
import { CHECK_KINDS, checkKind } from '../checks/index.ts';
import { VISIBILITIES } from '../result.ts';
import type { CheckDocument } from './document.ts';

const COMMON = ['id', 'title', 'points', 'message', 'requires', 'visibility', 'carryForward', 'limit'];
const MOST_POINTS = 1_000_000;

/** Reads one check: what all have, and the settings of the one kind that it is. */
export function readCheck(reader: Reader, field: string): CheckDocument {
  const kinds = CHECK_KINDS.map(({ name }) => name);
  reader.known([...COMMON, ...kinds]);
  reader.needs(['id', 'points']);
  const named = kinds.filter((name) => reader.fields.includes(name));
  if (named.length !== 1) {
    const has = named.length === 0 ? 'none' : named.join(' and ');
    reader.complain('', `a check is of exactly one kind, this has ${has}; known: ${kinds.join(', ')}`);
  }
  const kind = checkKind(named[0] ?? '');
  const spec = kind?.read(reader, kind.name);
  return {
    id: reader.textThat('id', '', 'an id of letters, digits, - and _', (text) => /^[\w-]{1,63}$/.test(text)),
    title: sayRoles(reader.text('title', kind?.title(spec) ?? '')),
    points: reader.number('points', 0, 0, MOST_POINTS),
    ...(reader.has('message') && { message: reader.text('message', '') }),
    requires: reader.texts('requires'),
    visibility: reader.oneOf('visibility', VISIBILITIES, 'visible'),
    carryForward: readCarryForward(reader, kind?.roles(spec) ?? []),
    ...(reader.has('limit') && { limit: reader.duration('limit', 0) }),
    kind: kind?.name ?? '',
    spec,
    field,
  };
}

/** `true`: the roles that the check speaks of; or a list of roles. */
function readCarryForward(reader: Reader, own: readonly string[]): readonly string[] {
  const value = reader.anything('carryForward');
  if (!Array.isArray(value)) return reader.flag('carryForward', false) ? [...new Set(own)] : [];
  const roles = reader.texts('carryForward');
  for (const [index, role] of roles.entries())
    if (!isRole(role)) reader.complain('carryForward', `no role ${role}; known: ${ROLES.join(', ')}`, `[${index}]`);
  return roles;
}
