import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunFile, removeRunFile, runningSandboxes, writeRunFile } from './run-file.ts';

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

  it('are none where the folder does not exist', () => {
    expect(runningSandboxes(join(directory, 'nowhere'))).toEqual([]);
  });
});
