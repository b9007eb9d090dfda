import type { Reader } from '../../scenario/reader.ts';
import { type Expectation, readExpectation } from '../assert/expectation.ts';
import { readSelector, type Selector } from '../binding/selector.ts';
import { defineCheck } from './define-check.ts';

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
