import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { formatFieldPath } from '../../manifest/field-path.ts';
import { type Expectation, readExpectation } from '../assert/expectation.ts';
import { fits, misfit } from '../assert/fit.ts';
import { describeExpectation } from '../assert/operators.ts';
import { spellObject } from '../binding/binding.ts';
import { readSelector, rolesOf, type Selector } from '../binding/selector.ts';
import { defineCheck } from './define-check.ts';
import { notYet, passed } from './finding.ts';
import { describeSelector, fillRoles, selected } from './select.ts';

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
  async run({ select, match, count }, context) {
    const candidates = await selected(select, context);
    const what = describeSelector(select);
    if (candidates.length === 0 && count === undefined) return notYet(`there is no ${what}`, { found: 0 });
    const wanted = match === undefined ? undefined : fillRoles(match, context);
    const misfits = candidates.map((object) => ({ object, misfit: misfit(object, wanted ?? {}) }));
    const fitting = misfits.filter(({ misfit: each }) => each === undefined).length;
    const evidence = { found: candidates.map(spellObject), fitting };
    if (fits(fitting, count ?? { $atLeast: 1 })) return passed(passedWords(what, fitting, candidates), evidence);
    const failed = misfits.find(({ misfit: each }) => each !== undefined);
    if (failed?.misfit === undefined) {
      const [object] = candidates;
      const place = object && { place: { object, path: ['metadata', 'name'] } };
      return notYet(`${fitting} objects are ${what}; expected ${describeExpectation(count)}`, evidence, place);
    }
    const { path, found, expected } = failed.misfit;
    const message = `${spellObject(failed.object)}: ${formatFieldPath(path)} is ${found}, expected ${expected}`;
    return notYet(message, evidence, { place: { object: failed.object, path } });
  },
});

function passedWords(what: string, fitting: number, candidates: readonly KubeObject[]): string {
  const [only] = candidates;
  if (fitting === 1 && candidates.length === 1 && only !== undefined) return `${spellObject(only)} is as it should be`;
  return `${fitting} objects that are ${what} are as they should be`;
}
