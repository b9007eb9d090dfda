import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from './commands/index.ts';
import { run } from './main.ts';
import { packagedScenarios } from './package-root.ts';
import { fakeOutput } from './testing/fake-output.ts';

async function cli(...argv: string[]) {
  const output = fakeOutput();
  const status = await run(argv, output);
  return { status, stdout: output.stdout, stderr: output.stderr };
}

describe('without a command', () => {
  it('three lines to type, every scenario with a sentence, every command', async () => {
    const { status, stdout, stderr } = await cli();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Start here');
    expect(stdout.match(/^ {2}npx k8s-ingress-sandbox \S.*$/gm)).toHaveLength(3);
    for (const { name, summary } of packagedScenarios())
      expect(stdout).toMatch(new RegExp(`^  ${name} +${summary[0]}`, 'm'));
    for (const { name, summary } of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} +${summary[0]}`, 'm'));
    expect((await cli('--help')).stdout).toBe(stdout);
    expect((await cli('help')).stdout).toBe(stdout);
  });

  it('--version', async () => {
    expect((await cli('--version')).stdout).toMatch(/^k8s-ingress-sandbox \d+\.\d+\.\d+\nbehaves as Kubernetes v/);
  });
});

describe('help', () => {
  it.each(COMMANDS.map(({ name }) => name))('of %s has its usage, and nothing runs', async (name) => {
    const { status, stdout } = await cli(name, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: npx k8s-ingress-sandbox ${name}`));
    expect((await cli('help', name)).stdout).toBe(stdout);
  });

  it('of a word that is no command', async () => {
    expect(await cli('help', 'aply')).toMatchObject({
      status: 2,
      stderr: 'unknown command aply, did you mean apply?\n',
    });
  });
});

describe('every flag that a help names', () => {
  it.each(COMMANDS.map(({ name, load }) => [name, load] as const))('of %s is one', async (_, load) => {
    const { flags, examples } = await load();
    for (const example of examples) {
      for (const [, flag = ''] of example.matchAll(/ --([a-z-]+)/g)) expect(Object.keys(flags)).toContain(flag);
    }
  });

  it('of run are all those of the documentation', async () => {
    const { flags } = (await COMMANDS.find(({ name }) => name === 'run')?.load()) ?? { flags: {} };
    const documented =
      'http-port https-port ui-port api-port dns-port bind public-url classroom class seed speed cloud cloud-delay addon watch name another open output api-http trace-header';
    for (const flag of documented.split(' ')) expect(Object.keys(flags)).toContain(flag);
  });
});

describe('what is not there', () => {
  it.each([
    ['aply', 2, 'unknown command aply, did you mean apply?'],
    ['canray', 1, 'canray: no such file or scenario, did you mean the scenario canary?'],
    ['zzzzzzzz', 2, 'zzzzzzzz: no such command, scenario, file or folder\n  What there is: npx k8s-ingress-sandbox'],
    ['--prot', 2, 'unknown flag --prot; see --help'],
  ])('%s', async (word, status, message) => {
    expect(await cli(word)).toEqual({ status, stdout: '', stderr: `${message}\n` });
  });

  it.each(['run', 'validate', 'simulate', 'apply', 'delete', 'load', 'explain'])(
    '%s without an argument says what it needs',
    async (name) => {
      const { status, stderr } = await cli(name);
      expect(status).toBe(2);
      expect(stderr).toMatch(new RegExp(`^${name} needs `));
    },
  );
});

it('an error that nobody foresaw is told as ours', async () => {
  const output = fakeOutput();
  const status = await run(['version'], {
    ...output,
    out: () => {
      throw new TypeError('undefined is not a function');
    },
  });
  expect(status).toBe(70);
  expect(output.stderr).toMatch(/^This is a bug in k8s-ingress-sandbox: undefined is not a function\nPlease report it/);
});

it('only run is loaded with the program', () => {
  const source = readFileSync(new URL('commands/index.ts', import.meta.url), 'utf8');
  expect(source.match(/^import \{.*$/gm)).toEqual(["import { run } from './run.ts';"]);
});
