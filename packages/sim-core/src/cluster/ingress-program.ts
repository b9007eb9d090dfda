import { keyOf } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import type { Manager } from '../controller-runtime/manager.ts';
import { createIngressNginx, type IngressNginx } from '../ingress-nginx/controller.ts';
import { FlagError } from '../ingress-nginx/flags/flag-error.ts';
import { printConf } from '../ingress-nginx/nginx/print-conf.ts';
import { requestId } from '../ingress-nginx/nginx/request-id.ts';
import type { ReplicaParts } from '../ingress-nginx/replica-parts.ts';
import { RELEASE, refuseToStart } from '../ingress-nginx/start-up.ts';
import { VERSION_INFO } from '../kube-apiserver/version-info.ts';
import type { Random, RandomStream } from '../sim/random.ts';
import { imageName, parseImageReference } from '../workloads/image-reference.ts';
import type { ContainerContext, Program, RunningProgram } from '../workloads/program.ts';

/** Version that the simulated controller behaves as. */
export const INGRESS_NGINX_VERSION = RELEASE.version;

const CONTROLLER_IMAGES: readonly string[] = Object.freeze([
  '*/ingress-nginx/controller',
  '*/ingress-nginx/controller-chroot',
]);

/** Whether an image is the ingress-nginx controller. */
export function isControllerImage(image: string): boolean {
  const reference = parseImageReference(image);
  return reference !== undefined && /(^|\/)ingress-nginx\/controller(-chroot)?$/.test(imageName(reference));
}

/** What the program and its replicas are made from. */
export interface IngressProgramParts
  extends Pick<
    ReplicaParts,
    'clock' | 'network' | 'certificates' | 'records' | 'splits' | 'statusDelay' | 'traceHeader'
  > {
  readonly manager: Manager;
  readonly random: Random;
  clientFor(user: string): Client;
}

/** The program of the controller's image, and its replicas that run now, by pod address. */
export interface IngressProgram {
  readonly program: Program;
  readonly replicas: ReadonlyMap<string, IngressNginx>;
}

/** Runs one ingress controller in every pod with its image: nothing routes before one runs. */
export function createIngressProgram(parts: IngressProgramParts): IngressProgram {
  const replicas = new Map<string, IngressNginx>();
  const draws = new Map<string, RandomStream>();
  const requestIds = parts.random.fork('request-ids');
  const shared = {
    ...parts,
    drawStream: (origin: string, upstream: string) => {
      const name = `canary/${origin}/${upstream}`;
      const stream = draws.get(name) ?? parts.random.fork(name);
      draws.set(name, stream);
      return stream;
    },
    newRequestId: () => requestId(requestIds),
    serverVersion: VERSION_INFO,
    isLast: () => replicas.size <= 1,
  };
  const start = (context: ContainerContext): RunningProgram => {
    tellOtherVersion(context);
    const client = parts.clientFor('system:ingress-nginx');
    const replica = startReplica(() => createIngressNginx({ ...shared, client, context }), context);
    if (replica === undefined) return { listener: () => undefined };
    const stopControllers = replica.controllers.map((controller) => parts.manager.add(controller));
    replicas.set(context.podIp, replica);
    const leave = () => {
      if (replicas.get(context.podIp) === replica) replicas.delete(context.podIp);
      for (const stop of stopControllers) stop();
      parts.splits.release(keyOf(context.pod.metadata.namespace ?? '', context.pod.metadata.name));
    };
    return {
      listener: (port) => replica.listener(port),
      stop: (done) =>
        replica.stop(() => {
          leave();
          done();
        }),
      kill: leave,
    };
  };
  /** What `kubectl exec … cat /etc/nginx/nginx.conf` shows is what runs. */
  const files = ({ podIp }: ContainerContext) => ({
    '/etc/nginx/nginx.conf': () => {
      const replica = replicas.get(podIp);
      return replica === undefined ? '' : printConf(replica.proxy.running.configuration);
    },
  });
  return { program: { name: 'ingress-nginx', images: CONTROLLER_IMAGES, files, start }, replicas };
}

/** Makes a replica, or says why its command line is not taken. */
function startReplica(create: () => IngressNginx, context: ContainerContext): IngressNginx | undefined {
  try {
    return create();
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    refuseToStart(error, context);
    return undefined;
  }
}

function tellOtherVersion({ image, notice }: ContainerContext): void {
  if (image.tag === '' || image.tag === INGRESS_NGINX_VERSION) return;
  notice(`ingress-nginx behaves as ${INGRESS_NGINX_VERSION} here; you applied ${image.tag}`);
}
