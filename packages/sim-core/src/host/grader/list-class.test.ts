import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../cli/testing/temporary-folder.ts';
import { readRoster } from '../../grader/class/roster.ts';
import { classReason, distinct, strangers, tasksIn, tasksOf } from './list-class.ts';

const YAML = 'kind: Service\n';

describe('tasksIn', () => {
  it('takes folders, archives and manifests, and nothing else', () => {
    const { path } = temporaryFolder({
      'alice/web.yaml': YAML,
      'bob.zip': '',
      'carol.tar.gz': '',
      'dave.yaml': YAML,
      'notes.txt': '',
      '.git/config': '',
      '__MACOSX/x': '',
    });
    expect(tasksIn(path).map(({ id }) => id)).toEqual(['alice', 'bob', 'carol', 'dave']);
  });

  it('tells two submissions of one name apart', () => {
    const { path } = temporaryFolder({ 'alice/web.yaml': YAML, 'alice.zip': '' });
    expect(distinct(tasksIn(path)).map(({ id }) => id)).toEqual(['alice', 'alice.zip']);
  });
});

describe('tasksOf', () => {
  it('finds what each student handed in, and who did not', () => {
    const { path } = temporaryFolder({
      'in/alice/web.yaml': YAML,
      'in/bob_12345_assignsubmission_file/web.yaml': YAML,
      'in/Carol Jones_99_x.zip': '',
      'in/stranger.zip': '',
      'elsewhere/dave.yaml': YAML,
    });
    const { students } = readRoster(
      'roster.csv',
      'student,name,submission\nalice,,\nbob@uni.edu,,\nc17,Carol Jones,\ndave,,elsewhere/dave.yaml\neve,Eve,\n',
    );
    const folder = join(path, 'in');
    const tasks = tasksOf(students, join(path, 'roster.csv'), folder);
    expect(tasks.map(({ id, path: found }) => [id, found?.slice(path.length + 1)])).toEqual([
      ['alice', 'in/alice'],
      ['bob@uni.edu', 'in/bob_12345_assignsubmission_file'],
      ['c17', 'in/Carol Jones_99_x.zip'],
      ['dave', 'elsewhere/dave.yaml'],
      ['eve', undefined],
    ]);
    expect(strangers(tasks, folder)).toEqual([join(folder, 'stranger.zip')]);
  });

  it('takes nothing where several could be meant', () => {
    const { path } = temporaryFolder({ 'al_1.zip': '', 'al_2.zip': '' });
    expect(tasksOf([{ id: 'al', name: '', submission: '' }], join(path, 'r.csv'), path)).toEqual([{ id: 'al' }]);
  });
});

describe('classReason', () => {
  it.each([
    [{ 'alice/web.yaml': YAML, 'bob/web.yaml': YAML }, 'it holds 2 folders and no manifest of its own'],
    [{ 'alice.zip': '', 'bob/web.yaml': YAML }, 'it holds 2 folders and archives and no manifest of its own'],
    [{ 'web.yaml': YAML, 'more/web.yaml': YAML, 'and/web.yaml': YAML }, undefined],
    [{ 'k8s/web.yaml': YAML, 'other/x.yaml': YAML }, undefined],
    [{ 'README.md': '', 'one/web.yaml': YAML, 'two/web.yaml': YAML }, undefined],
    [{ 'repo-main/web.yaml': YAML }, undefined],
  ])('tells a class from one submission: %j', (files, reason) => {
    expect(classReason(temporaryFolder(files).path)).toBe(reason);
  });
});
