import type { InputFile } from '../../run/input-file.ts';
import type { LoadedManifests } from '../../run/load-manifests.ts';
import { PROGRAM } from '../command.ts';
import { nextScenario } from '../package-root.ts';

const CANARY_WEIGHT = 'nginx.ingress.kubernetes.io/canary-weight';

/** The first thing to try: the weight of a canary, else the next scenario of the lesson, else any change. */
export function nextStep({ documents, settings }: LoadedManifests, files: readonly InputFile[]): string {
  const canary = documents.find(({ value }) => annotationsOf(value['metadata'])?.[CANARY_WEIGHT] !== undefined);
  if (canary !== undefined) return `change canary-weight in ${canary.file}, save, press Enter here.`;
  const next = nextScenario(settings.name);
  if (next !== undefined) return `${PROGRAM} scenarios/${next.name}.yaml`;
  const [file] = files;
  return file?.path === undefined ? '' : `change ${file.file}, save, press Enter here.`;
}

function annotationsOf(metadata: unknown): Record<string, unknown> | undefined {
  return (metadata as { annotations?: Record<string, unknown> } | undefined)?.annotations;
}
