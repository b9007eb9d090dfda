import { describe, expect, test } from 'vitest';
import { resultOf } from './check-result.ts';
import { notYet } from './checks/finding.ts';
import type { CheckDocument, Hint } from './exercise/document.ts';

const HINTS: readonly Hint[] = [
  { check: 'it', text: 'look at the labels' },
  { check: 'other', text: 'of another check' },
];

function ladderOf(kind: string, fix?: string) {
  const check: CheckDocument = {
    id: 'it',
    title: '',
    points: 10,
    requires: [],
    visibility: 'visible',
    carryForward: [],
    kind,
    spec: {},
    field: 'spec.checks[0]',
  };
  const { hint, hints } = resultOf(check, notYet('wrong', {}, fix === undefined ? {} : { fix }), HINTS, {});
  return { hint, hints };
}

describe('hints', () => {
  test("begin with the author's, and end with what the cluster advises", () => {
    expect(ladderOf('http', 'set app: web')).toEqual({
      hint: 'look at the labels',
      hints: ['look at the labels', 'set app: web'],
    });
  });

  test('begin with what the cluster advises about a mistake in the manifests', () => {
    expect(ladderOf('validate', 'set app: web')).toEqual({
      hint: 'set app: web',
      hints: ['set app: web', 'look at the labels'],
    });
  });

  test("are the author's alone where the cluster advises nothing", () => {
    expect(ladderOf('validate')).toEqual({ hint: 'look at the labels' });
    expect(ladderOf('validate', '')).toEqual({ hint: 'look at the labels' });
  });
});
