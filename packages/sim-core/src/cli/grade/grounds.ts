import { randomBytes } from 'node:crypto';
import type { Ground } from '../../grader/site.ts';
import type { LoadedExercise } from '../../grading/load-exercise.ts';
import { simulatedGround } from '../../grading/simulated-ground.ts';
import { nodeCertificates } from '../../host/certificates.ts';
import { readAddresses } from '../../host/grader/ingress-address.ts';
import { readKubeconfig } from '../../host/grader/read-kubeconfig.ts';
import { realGround } from '../../host/grader/real-ground.ts';
import { CliError, EXIT } from '../exit-codes.ts';

/** A real cluster as the command line names it. */
export interface RealCluster {
  readonly kubeconfig: string;
  /** URLs of the ingress controller. */
  readonly addresses: readonly string[];
}

/**
 * Where submissions are graded: in the simulated cluster, or in a real one.
 * @throws CliError usage, where the real one cannot be reached by what is said of it
 */
export function grounds(real: RealCluster | undefined): (exercise: LoadedExercise) => Ground {
  const simulated = ({ settings, documents }: LoadedExercise) =>
    simulatedGround({ settings, documents, certificates: nodeCertificates, wallNow: Date.now });
  if (real === undefined) return simulated;
  const parts = readReal(real);
  return (loaded) => realGround({ ...parts, pack: loaded.pack, simulated: simulated(loaded), uniqueName });
}

function readReal({ kubeconfig, addresses }: RealCluster) {
  try {
    return { access: readKubeconfig(kubeconfig), address: readAddresses(addresses) };
  } catch (error) {
    throw new CliError(EXIT.usage, (error as Error).message);
  }
}

function uniqueName(): string {
  return `grade-${randomBytes(5).toString('hex')}`;
}
