import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kubectls } from '../../support/kubectl.ts';
import { KubectlSandbox } from '../../support/kubectl-sandbox.ts';
import { sharedPath } from '../../support/shared.ts';
import { ask } from './ask.ts';

/*
 * Mistakes in commands and over raw HTTP, recorded from kubectl 1.33.1 and kube-apiserver v1.33.3, in their order. There
 * were no kubelets: pods stay Pending here because nothing may be scheduled.
 */

interface Recorded {
  readonly id: string;
  readonly kubectl?: readonly string[];
  readonly stdin?: string;
  readonly exitCode?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly http?: { method: string; path: string; contentType: string | null; body: string | null };
  readonly status?: number;
  readonly responseContentType?: string;
  readonly response?: unknown;
  readonly doNotCompare?: string;
}

const file = sharedPath('conformance', 'kubectl-errors.json');
const setup = sharedPath('conformance', 'kubectl-errors-setup.yaml');
const recorded: readonly Recorded[] = file === undefined ? [] : JSON.parse(readFileSync(file, 'utf8'));
const comparable = recorded.filter(({ doNotCompare }) => doNotCompare === undefined);

describe.skipIf(setup === undefined).each(kubectls())('kubectl $version', (kubectl) => {
  let run: KubectlSandbox;
  beforeAll(async () => {
    run = await KubectlSandbox.start(kubectl);
    await run.shell('kubectl create namespace ops && kubectl cordon $(kubectl get nodes -o name)');
    run.useNamespace('ops');
    expect(await run.kubectl(['apply', '-f', setup ?? ''])).toMatchObject({ status: 0 });
    await run.shell('until kubectl get pods -l app=web -o name | grep -q pod; do :; done');
  });
  afterAll(() => run.stop());

  test.each(comparable)('$id', async (each) => {
    if (each.kubectl !== undefined) {
      const { status, stdout, stderr } = await run.kubectl(each.kubectl, { input: each.stdin ?? '' });
      expect({ status, stdout: stdout.trimEnd(), stderr: stderr.trimEnd() }).toEqual({
        status: each.exitCode,
        stdout: each.stdout,
        stderr: each.stderr,
      });
      return;
    }
    const { method, path, contentType, body } = each.http as NonNullable<Recorded['http']>;
    const headers: Record<string, string> = contentType === null ? {} : { 'content-type': contentType };
    const answer = await ask(run, { method, path, headers, body: body ?? '' });
    expect({ status: answer.status, type: answer.headers['content-type'] }).toEqual({
      status: each.status,
      type: each.responseContentType,
    });
    expect(comparablePart(answer.text)).toEqual(comparablePart(each.response));
  });
});

/** Of objects what was sent and filled in; of everything else all but numbers that count writes. */
function comparablePart(response: unknown): unknown {
  const value = typeof response === 'string' && response.startsWith('{') ? JSON.parse(response) : response;
  if (typeof value === 'string') return value;
  const { spec } = value as { spec?: unknown };
  if (spec !== undefined) return spec;
  return JSON.parse(JSON.stringify(value).replace(/version: \d+ \(\d+\)/, 'version: 1 (2)'));
}
