import { configMaps } from '../api/core-v1/config-map.ts';
import { secrets } from '../api/core-v1/secret.ts';
import { services } from '../api/core-v1/service.ts';
import { endpointSlices } from '../api/discovery-v1/endpoint-slice.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { ingressClasses } from '../api/networking-v1/ingress-class.ts';
import { keyOf } from '../apimachinery/object-meta.ts';
import { type Controller, watching } from '../controller-runtime/controller.ts';
import type { Workload } from '../workloads/workload.ts';
import { defaultBackend } from './default-backend.ts';
import { type Flags, parseControllerFlags } from './flags.ts';
import { clearStatus, ingressStatusController } from './ingress-status.ts';
import { LeaderElection } from './leader-election.ts';
import type { Model } from './model/build-configuration.ts';
import { changeOf, reuseUnchanged } from './model/diff.ts';
import { ModelBuilder } from './model-builder.ts';
import { DEFAULT_BACKEND_PORT } from './nginx/configuration.ts';
import { Nginx } from './nginx/nginx.ts';
import { createReplicaEvents } from './replica-events.ts';
import type { ReplicaParts } from './replica-parts.ts';

const METRICS_PORT = 10254;
/** Stands for "something that the configuration is made from changed". */
const CONFIGURATION = Object.freeze({ namespace: '', name: 'configuration' });

/** One running replica of the controller, in one pod. */
export interface IngressNginx {
  /** To be run by the manager while the replica runs. */
  readonly controllers: readonly Controller[];
  readonly proxy: Nginx;
  /** How it was started. */
  readonly flags: Flags;
  /** The model that is loaded, with what did not get into it. */
  readonly model: () => Model;
  /** Store revision that the loaded configuration includes. */
  readonly revision: () => number;
  /** Whether it writes the status. */
  readonly leads: () => boolean;
  listener(port: number): Workload | undefined;
  certificateFor(sni: string): { certPem: string; keyPem: string; name: string };
  /** Stops gracefully: gives the lease back, clears the status if it was the last. */
  stop(done: () => void): void;
}

/** Starts a replica: it loads what there is and follows every change from then on. */
export function createIngressNginx(parts: ReplicaParts): IngressNginx {
  const { client, clock, context } = parts;
  const flags = parseControllerFlags(context.argv);
  const namespace = context.pod.metadata.namespace ?? '';
  const pod = context.pod.metadata.name;
  const builder = new ModelBuilder(parts, flags);
  const events = createReplicaEvents(parts);
  const election = new LeaderElection({ client, clock, electionId: flags.electionId, namespace, pod });
  let model = builder.buildEmpty();
  let revision = 0;
  const local = defaultBackend();
  const proxy = new Nginx(model.configuration, {
    clock,
    podIp: context.podIp,
    controllerPod: keyOf(namespace, pod),
    records: parts.records,
    splits: parts.splits,
    traceHeader: parts.traceHeader,
    dial: (address, port) =>
      address === '127.0.0.1' && port === DEFAULT_BACKEND_PORT
        ? { workload: local, ip: address, port }
        : parts.network.dial(address, port, context.podIp),
    drawStream: parts.drawStream,
    newRequestId: parts.newRequestId,
    balancerChance: parts.random.fork(`ingress-nginx/${keyOf(namespace, pod)}/balancers`),
    accessLog: (line) => context.log(line),
  });

  /** Rebuilds from top to bottom, then does only what the difference asks for; what nginx refuses changes nothing. */
  function sync(first = false): void {
    const next = builder.build();
    const configuration = reuseUnchanged(model.configuration, next.configuration);
    const change = first ? 'reload' : changeOf(model.configuration, configuration);
    revision = client.revision;
    try {
      if (change !== 'nothing') proxy.reload(configuration);
      model = { ...next, configuration: change === 'nothing' ? model.configuration : configuration };
      if (change === 'reload') events.reloaded();
    } catch (error) {
      events.reloadFailed((error as Error).message);
    }
  }

  const touched = () => [CONFIGURATION];
  const configuration: Controller = {
    name: 'ingress-nginx',
    component: 'nginx-ingress-controller',
    for: ingresses,
    watches: [
      watching(ingresses, touched),
      watching(ingressClasses, touched),
      watching(services, touched),
      watching(endpointSlices, touched),
      watching(secrets, touched),
      watching(configMaps, ({ metadata }) =>
        keyOf(metadata.namespace ?? '', metadata.name) === flags.configMap ? touched() : [],
      ),
    ],
    reconcile: (key) => {
      if (key.namespace !== '') events.seen(client.get(ingresses, key.namespace, key.name), builder);
      else sync();
    },
  };
  sync(true);

  const listeners: Readonly<Record<number, Workload>> = {
    80: proxy.listener('http'),
    443: proxy.listener('https'),
    [METRICS_PORT]: local,
  };
  return {
    controllers: [configuration, ingressStatusController({ client, clock, flags, election, delay: parts.statusDelay })],
    proxy,
    flags,
    model: () => model,
    revision: () => revision,
    leads: () => election.leads(),
    listener: (port) => listeners[port],
    certificateFor: (sni) => proxy.certificateFor(sni),
    stop: (done) => {
      const led = election.leads();
      election.release();
      if (led && parts.isLast()) clearStatus(client, flags);
      done();
    },
  };
}
