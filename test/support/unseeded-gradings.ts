import { randomBytes } from 'node:crypto';
import type { ExercisePack } from '../../packages/sim-core/src/grader/exercise/exercise-pack.ts';
import { grade } from '../../packages/sim-core/src/grader/grade.ts';
import type { CheckResult } from '../../packages/sim-core/src/grader/result.ts';
import type { Ground } from '../../packages/sim-core/src/grader/site.ts';
import type { Target } from '../../packages/sim-core/src/grader/target/target.ts';
import { ExerciseLibrary } from '../../packages/sim-core/src/grading/load-exercise.ts';
import { ApiClient } from '../../packages/sim-core/src/host/grader/api-client.ts';
import { readAddresses } from '../../packages/sim-core/src/host/grader/ingress-address.ts';
import { OutsideClient } from '../../packages/sim-core/src/host/grader/outside-client.ts';
import { readExercise } from '../../packages/sim-core/src/host/grader/read-exercise.ts';
import { readKubeconfig } from '../../packages/sim-core/src/host/grader/read-kubeconfig.ts';
import { RealTarget } from '../../packages/sim-core/src/host/grader/real-target.ts';
import type { SourceFile } from '../../packages/sim-core/src/manifest/source-map.ts';
import { Workspace } from './workspace.ts';

/** Gradings of a canary whose weight is right, with nothing in them that is the same twice. */
export interface UnseededGradings {
  /** Sandboxes, one after the other, each with a seed that nobody has had before. */
  readonly sandboxes: number;
  /** Gradings in each, one after the other: every one has requests of its own. */
  readonly gradingsEach: number;
}

/** A cluster that is there before somebody grades in it. */
const CONTROLLER = `apiVersion: sandbox.k8s-ingress.dev/v1
kind: Scenario
metadata: { name: controller }
spec: { addons: [ingress-nginx], cloud: { delay: 0s } }
`;
const SPLIT = `apiVersion: sandbox.k8s-ingress.dev/v1
kind: Exercise
metadata: { name: split }
spec:
  timeLimit: { virtual: 1800s, wall: 1800s }
  checks:
    - { id: split, points: 1, limit: 1700s, split: { to: $canaryService, percent: 5, errorOdds: 1e-6 } }
`;

/**
 * Grades the solution of the canary exercise by its split check alone, over real sockets. The first grading in a sandbox sets it up;
 * the others find everything there and at rest, and wait for nothing.
 * @param onGraded called with the check of every grading
 */
export async function gradeUnseeded(
  { sandboxes, gradingsEach }: UnseededGradings,
  onGraded: (check: CheckResult) => void,
): Promise<void> {
  const { pack, files } = readSplit();
  for (let sandbox = 0; sandbox < sandboxes; sandbox++) {
    const wire = await openWire();
    try {
      for (let grading = 0; grading < gradingsEach; grading++) {
        const ground = sameSite(wire.target, grading > 0);
        const { checks } = await grade(pack, { id: 'solution', files }, ground);
        for (const check of checks) onGraded(check);
      }
    } finally {
      await wire.close();
    }
  }
}

function readSplit(): { pack: ExercisePack; files: { path: string; used: true; text: SourceFile['text'] }[] } {
  const whole = readExercise('scenarios/canary-weight');
  const library = new ExerciseLibrary({ ...whole, exercise: { file: 'exercise.yaml', text: SPLIT } });
  const files = whole.solution.map(({ file, text }) => ({
    path: file,
    used: true as const,
    text: String(text).replaceAll('$weight', '5'),
  }));
  return { pack: library.forStudent('').pack, files };
}

/** A sandbox with a seed of its own, as a grader reaches it. */
async function openWire(): Promise<{ target: RealTarget; close(): Promise<void> }> {
  const place = new Workspace();
  const seed = randomBytes(6).readUIntBE(0, 6);
  const sandbox = place.start(place.write('controller.yaml', CONTROLLER), '--output', 'json', '--seed', String(seed));
  const { http, https, kubeconfig } = await sandbox.event('ready');
  await sandbox.event('settled');
  const access = readKubeconfig(String(kubeconfig));
  const [api, outside] = [new ApiClient(access), new OutsideClient(readAddresses([String(http), String(https)]))];
  const close = async () => {
    api.close();
    outside.close();
    await place.clear();
  };
  return { target: new RealTarget({ name: access.server, api, outside }), close };
}

/** The same cluster for every grading. @param isAtRest whether there is nothing to wait for any more */
function sameSite(target: RealTarget, isAtRest: boolean): Ground {
  const reached: Target = {
    name: target.name,
    now: () => target.now(),
    wait: (milliseconds) => (isAtRest ? Promise.resolve() : target.wait(milliseconds)),
    patience: (promise, milliseconds) => target.patience(promise, milliseconds),
    kubernetes: (...request) => target.kubernetes(...request),
    send: (request) => target.send(request),
    repeat: (...request) => target.repeat(...request),
    certificate: (request) => target.certificate(request),
  };
  const site = { target: reached, namespace: 'default', examine: async () => [], close: async () => {} };
  return { name: target.name, open: async () => site };
}
