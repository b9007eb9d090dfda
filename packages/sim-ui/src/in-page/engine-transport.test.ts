import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InPageSandbox } from '@k8s-ingress-sandbox/sim-core/in-page';
import type { KubectlOutput } from '@k8s-ingress-sandbox/sim-core/wire';
import { expect, onTestFinished, test } from 'vitest';
import { ManualTimers } from '../testing/manual-timers.ts';
import { EngineTransport } from './engine-transport.ts';

const CANARY = join(import.meta.dirname, '../../../../scenarios/canary.yaml');

function transport(): EngineTransport {
  const text = readFileSync(CANARY, 'utf8');
  const sandbox = new InPageSandbox({ files: [{ file: 'canary.yaml', text }], epoch: 'test' });
  onTestFinished(() => sandbox.stop());
  sandbox.advance(10_000);
  return new EngineTransport(sandbox, new ManualTimers());
}

test('a dry run is refused as a server refuses it: with every problem at its line', async () => {
  const text = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 0\n';
  const asked = transport().call('POST', '/apply', { files: [{ file: 'new.yaml', text }], dryRun: true });
  await expect(asked).rejects.toMatchObject({
    problem: 'refused',
    message: expect.stringContaining('spec.ports[0].port'),
    answer: {
      objects: [],
      errors: [
        { file: 'new.yaml', line: 7, column: 11, field: 'spec.ports[0].port' },
        { file: 'new.yaml', line: 7, column: 5, field: 'spec.ports[0].targetPort' },
      ],
    },
  });
});

test('kubectl answers in lines, the exit code last; one that was ended early has none', async () => {
  const page = transport();
  const kubectl = async (argv: string[], leaving = new AbortController()) => {
    const lines: KubectlOutput[] = [];
    const onLine = (line: KubectlOutput) => {
      lines.push(line);
      if (argv.includes('-w')) leaving.abort();
    };
    await page.lines('/kubectl', { argv }, onLine, leaving.signal);
    return lines;
  };
  expect(await kubectl(['get', 'ingress', 'canary', '-o', 'name'])).toEqual([
    { out: 'ingress.networking.k8s.io/canary\n' },
    { exit: 0 },
  ]);
  expect(await kubectl(['get', 'pods', 'nobody'])).toEqual([
    { err: 'Error from server (NotFound): pods "nobody" not found\n' },
    { exit: 1 },
  ]);
  const watched = await kubectl(['get', 'ingress', '-w']);
  expect(watched).toContainEqual({ out: expect.stringMatching(/^canary /) });
  expect(watched.filter((line) => 'exit' in line)).toEqual([]);
});

test('what the page cannot do says so, and what to do; what is forgotten is told apart', async () => {
  const page = transport();
  await expect(page.lessons()).rejects.toThrow('and /lessons needs one: npx k8s-ingress-sandbox starts one');
  await expect(page.trace(4711)).rejects.toMatchObject({ problem: 'evicted' });
  await expect(page.setWeight({ namespace: 'default', ingress: 'nobody', weight: 1 })).rejects.toThrow('not found');
});
