import { readSelector, rolesOf, type Selector } from '../binding/selector.ts';
import type { Json } from '../result.ts';
import { defineCheck } from './define-check.ts';
import { notYet, passed } from './finding.ts';
import { MECHANISMS } from './mechanisms.ts';

/** What `uses` wants: everything that is named has to be in use. */
export interface UsesSpec {
  /** The bound canary's effective weight, in percent. */
  readonly canaryWeight?: number;
  /** The bound canary decides by this header; with a value, by that value of it. */
  readonly canaryHeader?: { readonly name: string; readonly value?: string };
  /** The bound canary decides by this cookie. */
  readonly canaryCookie?: string;
  /** Main and canary run different images. */
  readonly versions?: 'different';
  /** The Service reaches its pods by the name of their port. */
  readonly namedPort?: Selector;
  /** An annotation of the main Ingress: without the prefix it is one of ingress-nginx. */
  readonly annotation?: string;
}

/** The mechanism that the lesson is about is in use, whatever traffic says. */
export const uses = defineCheck<UsesSpec>({
  name: 'uses',
  summary:
    'The mechanism that the lesson is about is in use: the effective weight of the bound canary, a header, a cookie …',
  read(parent, field) {
    const reader = parent.object(field);
    const known = Object.keys(MECHANISMS);
    reader.known(known);
    if (!known.some((name) => reader.has(name))) reader.complain('', `names no mechanism; known: ${known.join(', ')}`);
    const header = reader.object('canaryHeader');
    header.known(['name', 'value']);
    return {
      ...(reader.has('canaryWeight') && { canaryWeight: reader.number('canaryWeight', 5, 0, 100) }),
      ...(reader.has('canaryHeader') && {
        canaryHeader: {
          name: header.text('name', ''),
          ...(header.has('value') && { value: header.text('value', '') }),
        },
      }),
      ...(reader.has('canaryCookie') && { canaryCookie: reader.text('canaryCookie', '') }),
      ...(reader.has('versions') && { versions: reader.oneOf('versions', ['different'] as const, 'different') }),
      ...(reader.has('namedPort') && { namedPort: readSelector(reader, 'namedPort', '$service') }),
      ...(reader.has('annotation') && { annotation: reader.text('annotation', '') }),
    };
  },
  title: (spec) => `Uses ${Object.keys(spec).join(', ')}`,
  roles: (spec) => [
    ...(spec.canaryWeight !== undefined || spec.canaryHeader !== undefined || spec.canaryCookie !== undefined
      ? (['$canary'] as const)
      : []),
    ...(spec.versions === undefined ? [] : (['$mainService', '$canaryService'] as const)),
    ...(spec.namedPort === undefined ? [] : rolesOf(spec.namedPort)),
    ...(spec.annotation === undefined ? [] : (['$main'] as const)),
  ],
  async run(spec, context) {
    const evidence: Record<string, Json> = {};
    const remarks: string[] = [];
    for (const [name, wanted] of Object.entries(spec) as [keyof UsesSpec, never][]) {
      const found = await MECHANISMS[name](wanted, context);
      evidence[name] = found.evidence;
      if (found.complaint !== undefined)
        return notYet(found.complaint, evidence, found.place && { place: found.place });
      if (found.remark !== undefined) remarks.push(found.remark);
    }
    return passed(
      'the mechanism of the lesson is in use',
      evidence,
      remarks.length > 0 ? remarks.join('; ') : undefined,
    );
  },
});
