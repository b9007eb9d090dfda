import { type Expectation, readExpectation } from '../assert/expectation.ts';
import { readSelector, rolesOf, type Selector } from '../binding/selector.ts';
import { defineCheck } from './define-check.ts';

/** What `object` wants. */
export interface ObjectSpec {
  readonly select: Selector;
  /** What the object has to have; anything will do without it. */
  readonly match?: Expectation;
  /** How many objects have to fit, as an expectation: `2`, `{ $atLeast: 1 }`. At least one without it. */
  readonly count?: Expectation;
}

/** An object is there, and its fields are as they should be. */
export const object = defineCheck<ObjectSpec>({
  name: 'object',
  summary: 'An object is there, and fields of it are as they should be (partial match, with operators).',
  read(parent, field) {
    const reader = parent.object(field);
    reader.known(['select', 'match', 'count']);
    reader.needs(['select']);
    return {
      select: readSelector(reader, 'select'),
      ...(reader.has('match') && { match: readExpectation(reader, 'match') }),
      ...(reader.has('count') && { count: readExpectation(reader, 'count') }),
    };
  },
  title: ({ select }) => `State of ${typeof select === 'string' ? select : select.kind}`,
  roles: ({ select }) => rolesOf(select),
});
