import { describe, expect, it } from 'vitest';
import { forAudience } from './audience.ts';
import type { EmitContext, Graded } from './emitter.ts';
import { EMITTERS } from './index.ts';
import { CHECKS, check, graded, printed } from './testing/sample.ts';

const CANARY = 'canarystring';

/** A result whose hidden checks say the canary string wherever they can say something. */
function withHidden(): Graded {
  const secret = {
    message: CANARY,
    hint: CANARY,
    hints: [CANARY],
    remark: CANARY,
    file: `${CANARY}.yaml`,
    evidence: { [CANARY]: CANARY },
  };
  const hidden = [
    check(`${CANARY}-a`, { ...secret, title: CANARY, visibility: 'hidden', result: 'not-yet', max: 7 }),
    check(`${CANARY}-b`, {
      ...secret,
      title: CANARY,
      visibility: 'after_due_date',
      result: 'could-not-check',
      max: 11,
    }),
    check(`${CANARY}-c`, { ...secret, title: CANARY, visibility: 'after_published', max: 13 }),
  ];
  const blocked = check('visible-but-blocked', {
    result: 'blocked',
    message: `waits for ${CANARY}-a`,
    hint: `mend ${CANARY}-a first`,
    blockedBy: ['valid', `${CANARY}-a`],
    evidence: { requires: `${CANARY}-a` },
  });
  const remarks = [`Service web was replaced for the checks behind ${CANARY}-a`, 'a remark for all'];
  return graded('alice', [...CHECKS, blocked, ...hidden], { remarks });
}

const CONTEXTS: Partial<EmitContext>[] = [{}, { isClass: true }];

describe('what students see', () => {
  it.each(EMITTERS.flatMap((emitter) => CONTEXTS.map((context) => [emitter.name, emitter, context] as const)))(
    'has no trace of hidden checks: %s',
    (_name, emitter, context) => {
      const all = [withHidden()];
      const seen = printed(emitter, all, context);
      expect(seen).not.toContain(CANARY);
      // As if the exercise had none, byte for byte: no count, no points, no gap.
      const visible = forAudience(all[0]!, 'student');
      expect(visible.result.checks).toHaveLength(6);
      const without = graded('alice', visible.result.checks, { remarks: ['a remark for all'] });
      // A visible check could not be made.
      expect(seen).toBe(printed(emitter, [{ ...without, status: 'could-not-check' }], context));
    },
  );

  it.each(EMITTERS.map((emitter) => [emitter.name, emitter] as const))(
    'is all there for instructors: %s',
    (_name, emitter) => {
      if (emitter.name !== 'markdown')
        expect(printed(emitter, [withHidden()], { audience: 'instructor' })).toContain(CANARY);
    },
  );

  it('counts the points of visible checks only', () => {
    expect(forAudience(withHidden(), 'student').result).toMatchObject({ score: 20, max: 80, ungraded: 30 });
    expect(forAudience(withHidden(), 'instructor').result).toMatchObject({ score: 33, max: 100, ungraded: 41 });
  });

  it('does not tell by its status that a hidden check could not be made', () => {
    const hidden = check('secret', { visibility: 'hidden', result: 'could-not-check' });
    const all = { ...graded('alice', [check('valid'), hidden]), status: 'could-not-check' as const };
    expect(forAudience(all, 'student').status).toBe('graded');
    expect(forAudience(all, 'instructor').status).toBe('could-not-check');
  });
});
