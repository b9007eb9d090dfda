import type { Container as ContainerSpec } from '../api/core-v1/pod.ts';
import type { ContainerContext } from '../workloads/program.ts';
import { commandLine, makeEnvironment } from './env/environment.ts';
import type { Image } from './image-manager.ts';
import type { PodRuntime } from './pod-runtime.ts';

/** What of a program's context does not belong to one life of its container. */
export type LastingContext = Omit<ContainerContext, 'clock' | 'exit' | 'log'>;

/**
 * What a container's program is handed, all but what belongs to one of its lives.
 * @throws ConfigError when its environment cannot be made
 */
export function contextFor(spec: ContainerSpec, image: Image, runtime: PodRuntime): LastingContext {
  const { services, pod, podIp, node, asker } = runtime;
  const { client, serviceEnv, http } = services;
  const env = makeEnvironment(pod, spec, { client, serviceEnv, place: runtime });
  return {
    pod,
    container: spec,
    podIp,
    nodeName: node.metadata.name,
    image: image.reference,
    behaviour: image.behaviour,
    env,
    argv: commandLine(spec, env),
    chance: image.chance,
    fetch: (url, options) => http.fetch(asker, url, options),
    notice: services.notice,
  };
}
