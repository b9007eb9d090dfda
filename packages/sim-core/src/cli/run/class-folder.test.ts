import { describe, expect, it } from 'vitest';
import { run } from '../main.ts';
import { fakeOutput } from '../testing/fake-output.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { expectClassFolder } from './class-folder.ts';

const NEXT = '\n  Name the folder with the progress that students exported, or with what grade --json wrote.';

describe('--class', () => {
  it('takes a folder, also an empty one', () => {
    const { path } = temporaryFolder();
    expect(() => expectClassFolder('.', path)).not.toThrow();
    expect(() => expectClassFolder(path, '/')).not.toThrow();
    expect(() => expectClassFolder(undefined, '/nowhere')).not.toThrow();
  });

  it.each([
    ['results', 'results: there is no such folder'],
    ['ada.json', 'ada.json: this is a file, not a folder'],
    ['', '"": a folder has a name'],
  ])('refuses %j, and says what it needs', (folder, words) => {
    const { path } = temporaryFolder({ 'ada.json': '{}' });
    expect(() => expectClassFolder(folder, path)).toThrow(`--class ${words}${NEXT}`);
  });

  it('ends the command with 2 before anything starts', async () => {
    const output = fakeOutput();
    const status = await run(['run', 'canary', '--class', 'no-such-results'], output);
    expect({ status, stdout: output.stdout, stderr: output.stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: `--class no-such-results: there is no such folder${NEXT}\n`,
    });
  });
});
