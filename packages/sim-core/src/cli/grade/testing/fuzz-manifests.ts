import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeIn } from '../../../grader/intake/take-in.ts';
import type { GradeResult } from '../../../grader/result.ts';
import { namesIn } from '../../../grader/submission/object-key.ts';
import { createCluster, INGRESS_NGINX_ADDON, readSettings, simulateRequests } from '../../../index.ts';
import { decodeManifests } from '../../../manifest/decode-manifests.ts';
import type { ManifestDocument } from '../../../manifest/document.ts';
import { Random } from '../../../sim/random.ts';
import { packageRoot } from '../../package-root.ts';
import { hostsOf } from '../../testing/canary-oracle.ts';
import { mutated } from '../../testing/mutate.ts';
import { gradeOne } from '../grade-submission.ts';
import { readyExercise } from '../ready-exercise.ts';

/** What became of mutated submissions. */
export interface ManifestFuzz {
  readonly graded: number;
  /** How many answered, as the grader says. */
  readonly passed: number;
  /** Those of them that answer nobody, as a cluster without the grader says: none, or the grader is wrong. */
  readonly falsePasses: readonly string[];
}

const EXERCISE = `apiVersion: sandbox.k8s-ingress.dev/v1
kind: Exercise
metadata: { name: fuzz }
spec:
  title: Answers
  scenario: scenario.yaml
  timeLimit: { virtual: 60s, wall: 20s }
  checks:
    - { id: valid, title: valid, points: 1, validate: { severity: error } }
    - { id: serves, title: serves, points: 1, http: { request: { path: / }, expect: { status: 200 } } }
`;
const SCENARIO =
  'apiVersion: sandbox.k8s-ingress.dev/v1\nkind: Scenario\nmetadata: { name: fuzz }\nspec: { addons: [ingress-nginx] }\n';

/** Grades mutations of the reference solution: lines that go, come twice or change places, words and characters that change. */
export async function fuzzManifests(count: number, seed: number): Promise<ManifestFuzz> {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-fuzz-'));
  try {
    writeFileSync(join(folder, 'exercise.yaml'), EXERCISE);
    writeFileSync(join(folder, 'scenario.yaml'), SCENARIO);
    const exercise = readyExercise({ path: folder });
    const chance = new Random(seed).fork('fuzz');
    const original = [{ file: 'all.yaml', text: solution() }];
    const falsePasses: string[] = [];
    let passed = 0;
    for (let done = 0; done < count; done++) {
      const text = mutated(original, chance)
        .map((file) => file.text)
        .join('');
      const raw = { id: 'fuzz', entries: [{ path: 'all.yaml', bytes: new TextEncoder().encode(text) }] };
      const { graded } = await gradeOne(exercise, raw, undefined);
      expectWhole(graded.result);
      if (graded.result.checks[1]?.result !== 'pass') continue;
      passed++;
      const { documents } = takeIn(raw, { bringsController: true });
      if (!(await answers(documents))) falsePasses.push(text);
    }
    return { graded: count, passed, falsePasses };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function solution(): string {
  const folder = join(packageRoot(), 'scenarios', 'canary-weight', 'solution');
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('$weight', '5'));
  return texts.join('\n---\n');
}

/** @throws Error for a result that says nothing of a check, or gives points that there are not */
function expectWhole({ checks, score, max }: GradeResult): void {
  if (checks.length !== 2 || score > max || checks.some(({ message }) => message === ''))
    throw new Error('not a whole result');
}

/** Whether any host of the manifests answers 200, in a cluster of its own, without the grader. */
async function answers(documents: readonly ManifestDocument[]): Promise<boolean> {
  const { settings } = readSettings({ spec: { addons: ['ingress-nginx'] } });
  const cluster = createCluster({ settings, traceHeader: false });
  try {
    cluster.apply(decodeManifests('addon.yaml', INGRESS_NGINX_ADDON).documents, { postpone: true });
    const namespaces = new Set(documents.map(({ value }) => namesIn(value).namespace).filter((name) => name !== ''));
    cluster.applyObjects(
      [...namespaces].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })) as never,
    );
    cluster.apply(documents, { postpone: true });
    for (let waited = 0; waited < 60_000 && cluster.waitingFor().length > 0; waited += 500) cluster.advance(500);
    const hosts = [
      ...new Set([
        cluster.edge.ingressLoadBalancer()?.hostname ?? '',
        ...documents.flatMap(({ value }) => hostsOf(value)),
      ]),
    ].filter((host) => host !== '');
    let isAnswered = false;
    const stop = cluster.records.onWritten(({ status }) => {
      isAnswered ||= status === 200;
    });
    for (const host of hosts) {
      const url = `http://${host.replace('*', 'any')}/`;
      if (URL.canParse(url)) await simulateRequests(cluster, { urls: [url], rate: 20, count: 40, headers: {} });
    }
    stop();
    return isAnswered;
  } finally {
    cluster.stop();
  }
}
