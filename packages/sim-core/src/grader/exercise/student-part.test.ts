import { describe, expect, it } from 'vitest';
import { studentPart } from './student-part.ts';

const DOCUMENT = {
  apiVersion: 'sandbox.k8s-ingress.dev/v1',
  kind: 'Exercise',
  metadata: { name: 'canary' },
  spec: {
    title: 'A canary',
    solution: 'secret-folder',
    variants: { weight: [5, 7] },
    checks: [
      { id: 'valid', points: 10, validate: {} },
      { id: 'canarystring', title: 'canarystring title', points: 5, visibility: 'hidden', http: {} },
      { id: 'later-canarystring', points: 5, visibility: 'after_due_date', http: {} },
      { id: 'split', points: 5, requires: ['valid', 'canarystring'], split: {} },
      { id: 'alone', points: 5, requires: ['canarystring'], split: {} },
    ],
    hints: [
      { check: 'valid', text: 'look' },
      { check: 'canarystring', text: 'a canarystring hint' },
    ],
    wrong: { canarystring: { score: 3, fails: ['canarystring'] } },
  },
};

describe('studentPart', () => {
  it('has no trace of hidden checks, wrong answers and the solution', () => {
    const { document, hidden } = studentPart(DOCUMENT);
    expect(JSON.stringify(document)).not.toMatch(/canarystring|wrong|solution/);
    expect(document).toMatchObject({
      spec: {
        checks: [{ id: 'valid' }, { id: 'split', requires: ['valid'] }, { id: 'alone' }],
        hints: [{ check: 'valid' }],
        variants: { weight: [5, 7] },
      },
    });
    expect(hidden).toEqual(['canarystring', 'canarystring title', 'later-canarystring', 'a canarystring hint']);
  });

  it('has the values of one student only, where it is made for one', () => {
    expect(studentPart(DOCUMENT, { weight: 7 }).document).toMatchObject({ spec: { variants: { weight: [7] } } });
  });
});
