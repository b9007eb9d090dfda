import type { Reader } from '../../scenario/reader.ts';
import { type Expectation, readExpectation } from '../assert/expectation.ts';
import { fits } from '../assert/fit.ts';
import { bound, spellObject } from '../binding/binding.ts';
import { readSelector, type Selector } from '../binding/selector.ts';
import { defineCheck } from './define-check.ts';
import { notYet, passed } from './finding.ts';
import { fillRoles, selected } from './select.ts';

/** A shortcut: objects of the submission that must not be there, or not like that. */
export interface Shortcut {
  readonly select: Selector;
  readonly match?: Expectation;
  /** Why it is none of the ways that count. */
  readonly because: string;
}

/** What `forbids` wants. */
export interface ForbidsSpec {
  readonly shortcuts: readonly Shortcut[];
}

/** Ways around the lesson that do not count. */
export const forbids = defineCheck<ForbidsSpec>({
  name: 'forbids',
  summary:
    'Ways around the lesson that do not count: objects of the submission that must not be there, or not like that.',
  read(parent, field) {
    const isList = Array.isArray(parent.anything(field));
    const readers = isList ? parent.objects(field) : [parent.object(field)];
    return { shortcuts: readers.map(readShortcut) };
  },
  title: () => 'No shortcuts',
  roles: () => [],
  async run({ shortcuts }, context) {
    for (const { select, match, because } of shortcuts) {
      if (typeof select === 'string' && bound(context.bindings[select]) === undefined) continue;
      const wanted = match === undefined ? {} : fillRoles(match, context);
      const found = (await selected(select, context)).find((object) => fits(object, wanted));
      if (found === undefined) continue;
      const reason = because === '' ? '' : `: ${because}`;
      const message = `${spellObject(found)} is a way around that does not count${reason}`;
      return notYet(message, { object: spellObject(found) }, { place: { object: found, path: ['metadata', 'name'] } });
    }
    return passed('nothing of what is forbidden was found', { shortcuts: shortcuts.length });
  },
});

function readShortcut(reader: Reader): Shortcut {
  reader.known(['select', 'match', 'because']);
  reader.needs(['select']);
  return {
    select: readSelector(reader, 'select'),
    ...(reader.has('match') && { match: readExpectation(reader, 'match') }),
    because: reader.text('because', ''),
  };
}
