import { describe, expect, it } from 'vitest';
import { check, graded } from '../emit/testing/sample.ts';
import { differenceOf } from './difference.ts';
import { moveCsv, moveLines } from './difference-lines.ts';
import { readOverrides, unusedOverrides, withOverrides } from './overrides.ts';
import { readRoster } from './roster.ts';
import { membersOf, readShard } from './shard.ts';
import { missing, type ResultHead, unchecked } from './unchecked.ts';

describe('readRoster', () => {
  it.each([
    ['student,name\nalice,Alice L\n', { id: 'alice', name: 'Alice L', submission: '' }],
    [
      'username,first_name,last_name,email,section,github_id\nalice,Alice,Liddell,a@x,1,5\n',
      { id: 'alice', name: 'Alice Liddell', submission: '' },
    ],
    ['Name;Email;Path\nAlice;alice@x;in/alice\n', { id: 'alice@x', name: 'Alice', submission: 'in/alice' }],
  ])('reads %j', (text, student) => {
    expect(readRoster('r.csv', text)).toEqual({ students: [student], problems: [] });
  });

  it('says what is wrong, with the line', () => {
    expect(readRoster('r.csv', 'student,name\nalice,A\n,B\nalice,C\n').problems).toEqual([
      'r.csv:3: no student in this line',
      'r.csv:4: alice stands in line 2 already',
    ]);
    expect(readRoster('r.csv', 'colour\nred\n').problems[0]).toMatch(/^r\.csv:1: no column that names the student/);
  });
});

describe('overrides', () => {
  const { result } = graded('alice', [
    check('valid'),
    check('state', { result: 'not-yet', max: 20 }),
    check('open', { result: 'could-not-check' }),
  ]);

  it('decide about points, and keep what was found', () => {
    const { overrides, problems } = readOverrides(
      'o.csv',
      'student,check,points,reason\nalice,state,15,typo in the task\nalice,open,10,looked at it\n',
    );
    expect(problems).toEqual([]);
    const decided = withOverrides(result, overrides);
    expect(decided).toMatchObject({ score: 35, max: 40, ungraded: 0 });
    expect(decided.checks[1]).toMatchObject({
      result: 'not-yet',
      points: 15,
      message: 'decided by your instructor: typo in the task',
      evidence: { override: { found: 'not-yet', foundPoints: 0 } },
    });
    expect(
      withOverrides(
        result,
        overrides.map((each) => ({ ...each, student: 'bob' })),
      ),
    ).toBe(result);
  });

  it('name what is wrong with them', () => {
    const text = 'student,check,points,reason\nalice,state,x,r\nalice,,1,r\nalice,state,1,\n';
    expect(readOverrides('o.csv', text).problems.map((line) => line.slice(0, 8))).toEqual([
      'o.csv:2:',
      'o.csv:3:',
      'o.csv:4:',
    ]);
    expect(readOverrides('o.csv', 'student,points\n').problems).toEqual([
      'o.csv:1: no column check, reason; it takes student, check, points, reason',
    ]);
  });

  it('that speak of nobody do not pass unseen', () => {
    const { overrides } = readOverrides(
      'o.csv',
      'student,check,points,reason\nalcie,state,1,r\nalice,stat,1,r\nalice,state,1,r\n',
    );
    expect(unusedOverrides(overrides, (student) => (student === 'alice' ? ['state'] : undefined))).toEqual([
      'o.csv:2: no submission of alcie',
      'o.csv:3: the exercise has no check stat; it has state',
    ]);
  });
});

describe('differenceOf', () => {
  const before = graded('alice', [check('valid'), check('state', { result: 'not-yet' })]).result;

  it('says who moved, and by which check', () => {
    const after = graded('alice', [
      check('valid', { max: 5 }),
      check('state'),
      check('more', { result: 'not-yet', max: 3 }),
    ]).result;
    const move = differenceOf(before, after)!;
    expect(moveLines(move)).toEqual([
      'alice: 10 of 20 → 15 of 18',
      '  valid: pass 10/10 → pass 5/5',
      '  state: not yet 0/10 → pass 10/10',
      '  more: not in the exercise → not yet 0/3: the message of more',
    ]);
    expect(moveCsv(move).split('\r\n')[1]).toBe('alice,moved,10,15,state,not yet 0/10,pass 10/10,10');
  });

  it('says nothing of who stayed, and tells who came and went', () => {
    expect(differenceOf(before, before)).toMatchObject({ kind: 'same', checks: [] });
    expect(moveLines(differenceOf(before, before)!)).toEqual([]);
    expect(moveLines(differenceOf(undefined, before)!)).toEqual(['alice: new, 10 of 20']);
    expect(moveLines(differenceOf(before, undefined)!)).toEqual(['alice: gone, had 10 of 20']);
  });
});

describe('shards', () => {
  it('have every member once', () => {
    const all = Array.from({ length: 23 }, (_, index) => ({ id: `s${index}` }));
    const parts = [1, 2, 3, 4].map((index) => membersOf(all, { index, count: 4 }));
    expect(
      parts
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(all.map(({ id }) => id).sort());
    expect(membersOf([...all].reverse(), { index: 2, count: 4 })).toEqual(parts[1]);
  });

  it.each([
    ['1/4', { index: 1, count: 4 }],
    ['4/4', { index: 4, count: 4 }],
    ['0/4', undefined],
    ['5/4', undefined],
    ['x', undefined],
    ['1/0', undefined],
  ])('%s', (text, shard) => {
    expect(readShard(text)).toEqual(shard);
  });
});

describe('results without a grading', () => {
  const head: ResultHead = {
    engine: 'e',
    exercise: { name: 'x', title: 'X', digest: 'd' },
    seed: '1',
    cluster: 'simulated',
    checks: [{ id: 'valid', title: 'v', points: 10, visibility: 'visible' }],
  };

  it('leave points open where nobody could look, and take them where nothing was handed in', () => {
    expect(unchecked(head, { id: 'alice', digest: '', files: [] }, 'it hung')).toMatchObject({
      score: 0,
      max: 0,
      ungraded: 10,
    });
    expect(missing(head, 'bob')).toMatchObject({
      score: 0,
      max: 10,
      ungraded: 0,
      checks: [{ message: 'nothing was handed in' }],
    });
  });
});
