import type { Container as ContainerSpec } from '../api/core-v1/pod.ts';
import { ContainerFiles } from '../workloads/files/container-files.ts';
import { imageFiles } from '../workloads/files/image-files.ts';
import { toolsOf } from '../workloads/image-tools.ts';
import type { ProcessTable } from '../workloads/process-table.ts';
import type { ContainerContext } from '../workloads/program.ts';
import { ContainerNetwork } from './container-network.ts';
import { containerProcesses } from './container-processes.ts';
import { commandLine, makeEnvironment } from './env/environment.ts';
import type { Image } from './image-manager.ts';
import { mountsOf } from './mounts.ts';
import { podFiles } from './pod-files.ts';
import type { PodRuntime } from './pod-runtime.ts';

/** Environment and command line, worked out when the container is created. */
export type Prepared = Pick<ContainerContext, 'env' | 'argv'>;

/** What of a program's context belongs to one life of its container. */
export type LifeContext = Pick<ContainerContext, 'clock' | 'log' | 'write' | 'exit'>;

/** @throws ConfigError when the environment cannot be made */
export function prepare(spec: ContainerSpec, runtime: PodRuntime): Prepared {
  const { client, serviceEnv } = runtime.services;
  const env = makeEnvironment(runtime.pod, spec, { client, serviceEnv, place: runtime });
  return { env, argv: commandLine(spec, env) };
}

/** What a container's program is handed. One literal, so that all contexts have one hidden class. */
export function contextFor(
  spec: ContainerSpec,
  image: Image,
  runtime: PodRuntime,
  { env, argv }: Prepared,
  { clock, log, write, exit }: LifeContext,
): ContainerContext {
  const { services, pod, podIp, node } = runtime;
  let files: ContainerFiles | undefined;
  let processes: ProcessTable | undefined;
  const context: ContainerContext = {
    pod,
    container: spec,
    podIp,
    nodeName: node.metadata.name,
    image: image.reference,
    behaviour: image.behaviour,
    env,
    argv,
    clock,
    chance: image.chance,
    fetch: (target, options, done) => services.http.fetch(runtime.asker, target, options, done),
    resolve: (name) => services.http.resolve(runtime.asker, name),
    network: new ContainerNetwork(runtime),
    selfSigned: services.selfSigned,
    files: () => {
      files ??= containerFiles(context, image, runtime);
      return files;
    },
    processes: () => {
      processes ??= containerProcesses(context, image.program);
      return processes;
    },
    log,
    write,
    notice: services.notice,
    exit,
  };
  return context;
}

function containerFiles(context: ContainerContext, { program }: Image, runtime: PodRuntime): ContainerFiles {
  return new ContainerFiles({
    image: () => ({
      ...imageFiles(context, toolsOf(context.image)),
      ...program.files?.(context),
      ...podFiles(runtime),
    }),
    mounts: () => mountsOf(context.container, runtime),
    now: () => context.clock.now(),
  });
}
