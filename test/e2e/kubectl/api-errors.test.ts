import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kubectls } from '../../support/kubectl.ts';
import { KubectlSandbox } from '../../support/kubectl-sandbox.ts';
import { sharedPath } from '../../support/shared.ts';

/*
 * Bad manifests through real kubectl: what kube-apiserver v1.33.3 and kubectl 1.33.1 said to them, recorded. The newest
 * kubectl of this machine; the others say the server's words as well.
 */

interface Recorded {
  readonly id: string;
  readonly kind: string;
  readonly layer: 'server' | 'kubectl';
  readonly manifest: string;
  readonly setup?: readonly string[];
  readonly expectErrorContains: readonly string[];
  readonly kubectlStderr: string;
  readonly exitCode: number;
  readonly http?: { readonly method: string; readonly path: string; readonly code: number };
}

const file = sharedPath('conformance', 'api-errors.json');
const recorded: readonly Recorded[] = file === undefined ? [] : JSON.parse(readFileSync(file, 'utf8'));
const suspicious = sharedPath('conformance', 'accepted-although-suspicious.json');
const accepted: readonly { id: string; manifest: string; stdout: string }[] =
  suspicious === undefined ? [] : JSON.parse(readFileSync(suspicious, 'utf8'));
/** Which kubectl said it. */
const RECORDED_WITH = 33;
const kubectl = kubectls().at(-1);
const NAMESPACE = 'checked';
const WRITES: readonly string[] = ['create', 'patch', 'update'];

describe.skipIf(kubectl === undefined || recorded.length === 0)('kubectl apply', () => {
  let run: KubectlSandbox;
  beforeAll(async () => {
    run = await KubectlSandbox.start(kubectl);
    await run.kubectl(['create', 'namespace', NAMESPACE]);
  });
  afterAll(() => run.stop());

  async function apply(manifest: string) {
    run.place.write('manifest.yaml', manifest);
    return run.kubectl(['apply', '-n', NAMESPACE, '-f', 'manifest.yaml']);
  }

  const clear = () => run.kubectl(['delete', 'all,ingresses', '--all', '-n', NAMESPACE, '--wait=false']);

  test.each(recorded)('$id is refused', async (each) => {
    for (const manifest of each.setup ?? []) expect(await apply(manifest)).toMatchObject({ status: 0 });
    run.audited();
    const { status, stdout, stderr } = await apply(each.manifest);
    if (each.setup !== undefined || each.kind === 'List') await clear();
    const words = each.kubectlStderr.replace(/\bNS\b/g, NAMESPACE);
    expect(status).toBe(each.exitCode);
    // Of a list, what is right is made.
    if (each.kind !== 'List') expect(stdout).toBe('');
    for (const text of each.expectErrorContains) expect(stderr).toContain(text);
    if (kubectl?.minor === RECORDED_WITH) expect(stderr.trimEnd()).toBe(words);
    const refused = run
      .audited()
      .filter(({ verb, responseStatus }) => WRITES.includes(verb) && responseStatus.code >= 400);
    expect(refused.map(({ responseStatus }) => responseStatus.code)).toEqual(each.http ? [each.http.code] : []);
  });

  test.each(accepted)('$id is accepted', async ({ manifest, stdout }) => {
    expect(await apply(manifest)).toMatchObject({ status: 0, stdout: `${stdout}\n` });
    await clear();
  });

  test.each(recorded.filter(({ layer }) => layer === 'kubectl'))('validate says the same of $id', async (each) => {
    run.place.write('manifest.yaml', each.manifest);
    const { status, stdout, stderr } = await run.place.cli('validate', '-n', NAMESPACE, 'manifest.yaml');
    expect(status).toBe(1);
    for (const text of each.expectErrorContains) expect(stdout + stderr).toContain(text);
  });
});
