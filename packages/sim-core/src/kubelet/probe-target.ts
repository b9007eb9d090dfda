import type { Container } from '../api/core-v1/pod.ts';
import { execSync } from './exec-sync.ts';
import type { ContainerLife } from './life.ts';
import type { PodRuntime } from './pod-runtime.ts';
import type { ProbeTarget } from './probes/attempt.ts';

/** Where the probes and hooks of a container's present life go. */
export function probeTarget(container: Container, life: ContainerLife, pod: PodRuntime): ProbeTarget {
  const { podIp, hostIp, services } = pod;
  return {
    container,
    podIp,
    hostIp,
    network: services.network,
    clock: life.clock,
    readyAt: 0,
    exec: (command, timeout, done) => {
      if (life.context === undefined) return done('not simulated');
      execSync(life.context, command, timeout, (result) => {
        if (result === 'not simulated') services.notice(notSimulated(container, command));
        done(result);
      });
    },
  };
}

function notSimulated({ name, image }: Container, command: readonly string[]): string {
  return `exec in container ${name} (${image}): this command is not simulated; "${command.join(' ')}" counts as success`;
}
