import { runKubectl } from '../../kubectl/run-kubectl.ts';
import type { Command } from '../command.ts';
import { findSandbox } from '../control-client.ts';
import { kubectlEnvironment } from '../kubectl-environment.ts';

export const kubectl: Command = {
  // Its flags are kubectl's own.
  flags: {},
  examples: ['kubectl get pods', 'kubectl apply -f canary.yaml', 'kubectl describe ingress'],
  ownHelp: true,
  async run(argv, output) {
    const environment = kubectlEnvironment(findSandbox(undefined), output);
    try {
      return await runKubectl(argv, environment);
    } finally {
      environment.close();
    }
  },
};
