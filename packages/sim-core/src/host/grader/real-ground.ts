import { Objects } from '../../grader/api/objects.ts';
import { settle } from '../../grader/api/settle.ts';
import type { ExercisePack } from '../../grader/exercise/exercise-pack.ts';
import type { Ground, ManifestFinding, Site } from '../../grader/site.ts';
import { type AppliedDocument, applyDocuments } from '../../grader/submission/apply.ts';
import type { GradedFiles } from '../../grader/submission/read-submission.ts';
import { ApiClient } from './api-client.ts';
import type { IngressAddress } from './ingress-address.ts';
import { OutsideClient } from './outside-client.ts';
import type { KubeconfigAccess } from './read-kubeconfig.ts';
import { RealTarget } from './real-target.ts';

/** What grading in a real cluster needs. */
export interface RealGroundParts {
  readonly access: KubeconfigAccess;
  readonly address: IngressAddress;
  readonly pack: ExercisePack;
  /** Where the doctor looks at the manifests: it knows the simulated cluster only. */
  readonly simulated: Ground;
  /** Of the namespaces that are made: nobody else's. */
  uniqueName(): string;
}

/** Longest that a scenario is given to settle, milliseconds. */
const PATIENCE = 120_000;

/** A real cluster: every submission in a namespace of its own, which goes with it. The ingress controller is there before. */
export function realGround(parts: RealGroundParts): Ground {
  const { server } = parts.access;
  return { name: server, open: () => open(parts) };
}

async function open({ access, address, pack, simulated, uniqueName }: RealGroundParts): Promise<Site> {
  const [api, outside] = [new ApiClient(access), new OutsideClient(address)];
  const target = new RealTarget({ name: access.server, api, outside });
  const close = async () => {
    await target.cleanUp();
    api.close();
    outside.close();
  };
  try {
    const namespace = uniqueName();
    await makeNamespace(target, namespace);
    const objects = new Objects(target);
    await applyDocuments(target, objects.discovery, pack.scenario, { namespace });
    if (pack.scenario.length > 0) await settle(target, objects, PATIENCE);
    return { target, namespace, close, examine: (files, applied) => examine(simulated, pack, files, applied) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeNamespace(target: RealTarget, name: string): Promise<void> {
  const manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  const { status, text } = await target.kubernetes('POST', '/api/v1/namespaces', manifest);
  if (status !== 201) throw new Error(`the namespace ${name} could not be made: ${text}`);
}

/** What the real API server refused, and what the doctor finds in the simulated cluster. */
async function examine(
  simulated: Ground,
  { exercise }: ExercisePack,
  files: GradedFiles,
  applied: readonly AppliedDocument[],
): Promise<readonly ManifestFinding[]> {
  const site = await simulated.open({ seed: exercise.seed, wall: exercise.timeLimit.wall });
  try {
    const objects = new Objects(site.target);
    const documents = applied.map(({ document }) => document);
    const again = await applyDocuments(site.target, objects.discovery, documents, site);
    await settle(site.target, objects, PATIENCE);
    const refusedThere = new Set(again.filter(({ refusal }) => refusal !== undefined).map(({ document }) => document));
    const refusals = applied.flatMap(({ document, refusal }): ManifestFinding[] => {
      if (refusal === undefined || refusedThere.has(document)) return [];
      const { file, line } = document;
      return [{ severity: 'error', reason: refusal.reason, message: refusal.message, file, line }];
    });
    return [...refusals, ...(await site.examine(files, again))];
  } finally {
    await site.close();
  }
}
