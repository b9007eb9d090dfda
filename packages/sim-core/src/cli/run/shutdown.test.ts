import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const PROJECT = join(import.meta.dirname, '..', '..', '..', '..', '..');
const PROGRAM = [join(PROJECT, 'scripts', 'ts.mjs'), join(import.meta.dirname, '..', 'testing', 'await-end.ts')];
/** As a shell starts it: nothing of npm, which runs the tests, is to be seen. */
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

function start(command: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, command, {
    cwd: PROJECT,
    env: { ...ENVIRONMENT, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Waits until a stream says something. */
async function says(stream: NodeJS.ReadableStream | null, text: string): Promise<void> {
  let heard = '';
  for await (const chunk of stream ?? []) {
    heard += chunk;
    if (heard.includes(text)) return;
  }
  throw new Error(`it ended without "${text}": ${heard}`);
}

/** Waits, and keeps reading. */
function hears(stream: NodeJS.ReadableStream | null, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = '';
    stream?.on('data', (chunk) => {
      heard += chunk;
      if (heard.includes(text)) resolve();
    });
    stream?.on('close', () => reject(new Error(`it ended without "${text}": ${heard}`)));
  });
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends it', { timeout: 20_000 }, async (signal) => {
  const child = start(PROGRAM);
  await hears(child.stdout, 'waiting');
  const ended = hears(child.stderr, `ended: ${signal}`);
  child.kill(signal);
  await ended;
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('a second Ctrl-C ends at once what still drains', { timeout: 20_000 }, async () => {
  const child = start([...PROGRAM, 'drain']);
  await hears(child.stdout, 'waiting');
  const ended = hears(child.stderr, 'ended: SIGINT');
  child.kill('SIGINT');
  await ended;
  const again = setInterval(() => child.kill('SIGINT'), 20);
  const [code] = await once(child, 'exit');
  clearInterval(again);
  expect(code).toBe(130);
});

it('it ends when nobody reads what it says', { timeout: 20_000 }, async () => {
  const child = start(PROGRAM);
  const ended = hears(child.stderr, 'ended: nobody reads what it says');
  await says(child.stdout, 'waiting');
  child.stdout?.destroy();
  await ended;
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it.skipIf(process.platform !== 'linux')('it ends with the npm that started it', { timeout: 20_000 }, async () => {
  const launch = `require('child_process').spawn(process.execPath, ${JSON.stringify(PROGRAM)}, { stdio: 'inherit' })`;
  const npm = start(['-e', launch, 'npm'], { npm_command: 'exec' });
  await hears(npm.stdout, 'waiting');
  const ended = hears(npm.stderr, 'ended: the program that started it is gone');
  npm.kill('SIGKILL');
  await ended;
});

it.skipIf(process.platform !== 'linux')(
  'it outlives a shell that npm has nothing to do with',
  { timeout: 20_000 },
  async () => {
    const launch = `require('child_process').spawn(process.execPath, ${JSON.stringify(PROGRAM)}, { stdio: 'inherit' })`;
    const shell = start(['-e', launch, 'shell'], { npm_command: 'run-script' });
    await hears(shell.stdout, 'waiting');
    const ended = hears(shell.stderr, 'ended: ').then(
      () => 'it ended',
      () => 'it ended',
    );
    shell.kill('SIGKILL');
    // Fifty lines later, at 20 ms each, its parents were looked at several times.
    expect(await Promise.race([ended, hears(shell.stdout, '.\n'.repeat(50)).then(() => 'it lives')])).toBe('it lives');
  },
);
