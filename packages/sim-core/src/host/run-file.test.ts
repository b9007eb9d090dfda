import { spawn } from 'node:child_process';
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  RunDirectoryError,
  type RunFile,
  removeRunFile,
  runDirectory,
  runningSandboxes,
  writeRunFile,
} from './run-file.ts';

const run = (pid: number, startedAt: number): RunFile => ({
  event: 'ready',
  http: 'http://127.0.0.1:8080',
  https: 'https://127.0.0.1:8443',
  ui: 'http://127.0.0.1:8088/?token=t',
  control: 'http://127.0.0.1:8088',
  token: 't',
  kubernetes: null,
  kubeconfig: null,
  dns: null,
  seed: '1',
  pid,
  scenario: 'canary.yaml',
  name: '',
  startedAt,
  ports: [8080, 8443, 8088],
});

describe('run files', () => {
  let directory: string;
  beforeEach(() => {
    directory = join(mkdtempSync(join(tmpdir(), 'run-file-')), 'run');
  });
  afterEach(() => rmSync(join(directory, '..'), { recursive: true }));

  it('are private and found again', () => {
    writeRunFile(run(process.pid, 1), directory);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, `${process.pid}.json`)).mode & 0o777).toBe(0o600);
    expect(runningSandboxes(directory)).toEqual([run(process.pid, 1)]);
    removeRunFile(process.pid, directory);
    expect(runningSandboxes(directory)).toEqual([]);
  });

  it('list the newest first and clear away what a killed process or garbage left', async () => {
    const child = spawn(process.execPath, ['-e', '0']);
    await new Promise((resolve) => child.on('exit', resolve));
    writeRunFile(run(child.pid as number, 5), directory);
    writeRunFile(run(process.pid, 1), directory);
    writeRunFile(run(process.ppid, 2), directory);
    writeFileSync(join(directory, '77.json'), '{ half');
    expect(runningSandboxes(directory).map(({ pid }) => pid)).toEqual([process.ppid, process.pid]);
    expect(readdirSync(directory)).not.toContain(`${child.pid}.json`);
  });

  it.each([
    ['a link', 'is a link', (path: string, elsewhere: string) => symlinkSync(elsewhere, path)],
    ['a file', 'cannot make', (path: string) => writeFileSync(path, '')],
  ])('are not written where %s is in the way, and not read either', (_, message, put) => {
    const elsewhere = join(directory, '..', 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, `${process.pid}.json`), JSON.stringify(run(process.pid, 1)));
    put(directory, elsewhere);
    expect(() => writeRunFile(run(process.pid, 2), directory)).toThrow(RunDirectoryError);
    expect(() => writeRunFile(run(process.pid, 2), directory)).toThrow(message);
    expect(runningSandboxes(directory)).toEqual([]);
    expect(readFileSync(join(elsewhere, `${process.pid}.json`), 'utf8')).toContain('"startedAt":1');
  });

  it.skipIf(process.getuid?.() !== 0)("are not written into somebody else's folder, and not read from it", () => {
    mkdirSync(directory);
    writeFileSync(join(directory, `${process.pid}.json`), JSON.stringify(run(process.pid, 1)));
    chownSync(directory, 12_345, 12_345);
    expect(() => writeRunFile(run(process.pid, 2), directory)).toThrow('belongs to somebody else');
    expect(runningSandboxes(directory)).toEqual([]);
  });

  it('close a folder of our own that was open to others', () => {
    mkdirSync(directory, { mode: 0o755 });
    writeRunFile(run(process.pid, 1), directory);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it('replace what a killed process of the same number left half done', () => {
    mkdirSync(directory);
    writeFileSync(join(directory, `${process.pid}.new`), 'half');
    writeRunFile(run(process.pid, 1), directory);
    expect(readdirSync(directory)).toEqual([`${process.pid}.json`]);
  });

  it('stand in XDG_RUNTIME_DIR where that exists, else among temporary files', () => {
    const parent = join(directory, '..');
    expect(runDirectory({ XDG_RUNTIME_DIR: parent })).toMatch(new RegExp(`^${parent}/k8s-ingress-sandbox-\\w+$`));
    expect(runDirectory({ XDG_RUNTIME_DIR: join(parent, 'nowhere') })).toBe(runDirectory({}));
  });

  it('are none where the folder does not exist', () => {
    expect(runningSandboxes(join(directory, 'nowhere'))).toEqual([]);
  });
});
