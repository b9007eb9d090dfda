import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../cli/testing/temporary-folder.ts';
import type { ResultHead } from '../../grader/class/unchecked.ts';
import { check, graded } from '../../grader/emit/testing/sample.ts';
import { Journal, type JournalEntry } from './journal.ts';

const HEAD: ResultHead = {
  engine: 'k8s-ingress-sandbox 0.1.0',
  exercise: { name: 'canary', title: 'A canary', digest: 'sha256:1' },
  seed: '1',
  cluster: 'simulated',
  checks: [{ id: 'valid', title: 'valid', points: 10, visibility: 'visible' }],
};

function entry(id: string, points = 10): JournalEntry {
  return { ...graded(id, [check('valid', { points })]), fingerprint: `print-of-${id}` };
}

function newPath(): string {
  return join(temporaryFolder().path, 'journal.jsonl');
}

describe('Journal', () => {
  it('gives back what was appended, also after it was closed', async () => {
    const path = newPath();
    const journal = Journal.create(path, HEAD);
    await Promise.all([journal.append(entry('alice')), journal.append(entry('bob')), journal.append(entry('Zoë ☃'))]);
    expect(journal.read('bob')).toEqual(entry('bob'));
    await journal.close();
    const again = Journal.open(path);
    expect(again.ids).toEqual(['alice', 'bob', 'Zoë ☃']);
    expect(again.read('Zoë ☃')).toEqual(entry('Zoë ☃'));
    expect(again.note('alice')).toMatchObject({ fingerprint: 'print-of-alice', status: 'graded' });
    expect(again.read('nobody')).toBeUndefined();
    await again.close();
  });

  it('lets the later of two results of a student count', async () => {
    const journal = Journal.create(newPath(), HEAD);
    await journal.append(entry('alice', 3));
    await journal.append(entry('alice', 7));
    expect(journal.ids).toEqual(['alice']);
    expect(journal.read('alice')?.result.score).toBe(7);
    await journal.close();
  });

  it('keeps the one that was there before', async () => {
    const path = newPath();
    const first = Journal.create(path, HEAD);
    await first.append(entry('alice'));
    await first.close();
    await Journal.create(path, HEAD).close();
    const previous = Journal.open(`${path}.previous`, true);
    expect(previous.ids).toEqual(['alice']);
    await previous.close();
  });

  it('has whole entries only, wherever a write was torn, and goes on from there', async () => {
    const path = newPath();
    const journal = Journal.create(path, HEAD);
    const head = statSync(path).size;
    for (const id of ['alice', 'bob', 'carol']) await journal.append(entry(id));
    await journal.close();
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: head, max: whole.byteLength }), async (size) => {
        writeFileSync(path, whole);
        truncateSync(path, size);
        const torn = Journal.open(path);
        for (const id of torn.ids) expect(torn.read(id)).toEqual(entry(id));
        await torn.append(entry('dave'));
        const ids = torn.ids;
        await torn.close();
        const again = Journal.open(path, true);
        expect(again.ids).toEqual(ids);
        expect(again.read('dave')).toEqual(entry('dave'));
        await again.close();
      }),
      { numRuns: 60 },
    );
  });

  it('takes nothing behind a line that is damaged', async () => {
    const path = newPath();
    const journal = Journal.create(path, HEAD);
    await journal.append(entry('alice'));
    await journal.close();
    appendFileSync(path, '{"half": \n');
    const again = Journal.open(path);
    expect(again.ids).toEqual(['alice']);
    await again.append(entry('bob'));
    await again.close();
    expect(Journal.open(path, true).ids).toEqual(['alice', 'bob']);
  });

  it('says that a file is no journal', () => {
    const { path } = temporaryFolder({ 'a.jsonl': '{"hello": 1}\n', 'empty.jsonl': '' });
    for (const name of ['a.jsonl', 'empty.jsonl'])
      expect(() => Journal.open(join(path, name))).toThrow(/is no journal/);
    expect(() => Journal.open(join(path, 'none'))).toThrow(/no such journal/);
  });
});
