import type { DecodedManifests } from '../../manifest/decode-manifests.ts';
import type { ManifestProblemReason } from '../../manifest/problem.ts';

/** Files of other tools, whole: nothing of the student's answer is lost when they are left out. */
const FOREIGN: readonly ManifestProblemReason[] = Object.freeze([
  'HelmTemplate',
  'HelmValues',
  'HelmChart',
  'Kustomization',
  'DockerCompose',
  'Workflow',
  'OtherTool',
  'NoObjects',
] as const);

/**
 * Why a file is left out although its name is a manifest's, told by its content; undefined for one that counts. A file
 * that is meant as a manifest and has mistakes counts: its mistakes are the student's.
 */
export function ignoredByContent({ documents, problems }: DecodedManifests, path: string): string | undefined {
  if (documents.length > 0 || problems.length === 0) return undefined;
  const [first] = problems;
  if (first === undefined) return undefined;
  if (problems.every(({ reason }) => FOREIGN.includes(reason))) return first.message;
  const isData = problems.every(({ reason }) => reason === 'MissingApiVersion' || reason === 'NotAnObject');
  return isData && /\.json$/i.test(path)
    ? 'data: no Kubernetes object has this form (no apiVersion, no kind)'
    : undefined;
}
