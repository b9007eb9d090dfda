import { configMaps } from '../api/core-v1/config-map.ts';
import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
import { parseIPv4 } from '../apimachinery/ip.ts';
import { keyOf, parseKey } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import type { Controller } from '../controller-runtime/controller.ts';
import type { Workload } from '../workloads/workload.ts';
import type { AnnotationProblem } from './annotations/parse-annotations.ts';
import { configurationController } from './configuration-controller.ts';
import { ConfigurationLoader } from './configuration-loader.ts';
import { ControllerLog } from './controller-log.ts';
import { defaultBackend } from './default-backend.ts';
import { type Flags, parseControllerFlags } from './flags.ts';
import { clearStatus, ingressStatusController } from './ingress-status.ts';
import { createKlog } from './klog.ts';
import { LeaderElection } from './leader-election.ts';
import { constantLabels, ReplicaMetrics } from './metrics/replica-metrics.ts';
import { RequestMetrics } from './metrics/request-metrics.ts';
import type { MetricFamily } from './metrics/text-format.ts';
import type { Model } from './model/build-configuration.ts';
import { ModelBuilder } from './model-builder.ts';
import type { NginxConfiguration } from './nginx/configuration.ts';
import { Nginx } from './nginx/nginx.ts';
import { readingOnce } from './nginx/reading-once.ts';
import type { ProxyParts as NginxParts } from './nginx/running.ts';
import { StubStatus } from './nginx/stub-status.ts';
import { createReplicaEvents, type ReplicaEvents } from './replica-events.ts';
import { replicaListeners } from './replica-listeners.ts';
import type { ReplicaParts } from './replica-parts.ts';
import { sayBanner } from './start-up.ts';

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
  /** Why the newest configuration could not be loaded; '' when it is loaded. */
  readonly failure: () => string;
  /** The newest configuration where it could not be loaded. */
  readonly refused: () => NginxConfiguration | undefined;
  /** What it refuses of an Ingress's annotations. */
  readonly problemsOf: (ingress: Ingress) => readonly AnnotationProblem[];
  /** Whether it writes the status. */
  readonly leads: () => boolean;
  /** What it measured, for Prometheus. */
  readonly metrics: () => MetricFamily[];
  listener(port: number): Workload | undefined;
  /** How a TLS handshake for a server name is answered. */
  tlsFor: Nginx['tlsFor'];
  /** Stops gracefully: gives the lease back, clears the status if it was the last. */
  stop(done: () => void): void;
}

/**
 * Starts a replica: it loads what there is and follows every change from then on.
 * @throws FlagError for a command line with which the original does not start
 */
export function createIngressNginx(parts: ReplicaParts): IngressNginx {
  const { client, clock, context } = parts;
  const { pod } = context;
  sayBanner(context);
  const flags = parseControllerFlags(context.argv);
  const { namespace = '', name } = pod.metadata;
  const log = new ControllerLog(createKlog(context), flags, namespace);
  const builder = new ModelBuilder(parts, flags);
  const events = createReplicaEvents(parts, flags, log);
  const election = new LeaderElection({ client, clock: context.clock, flags, namespace, pod: name, log });
  const model = builder.buildEmpty();
  const backend = defaultBackend(flags.healthCheckPath);
  const constant = constantLabels(pod, flags);
  const requests = flags.enableMetrics ? new RequestMetrics(constant, flags.metrics) : undefined;
  const proxyStatus = new StubStatus();
  const proxy = new Nginx(model.configuration, nginxParts(parts, { flags, backend, requests, status: proxyStatus }));
  const loader = new ConfigurationLoader({ builder, nginx: proxy, events, clock, model, log });
  let revision = 0;
  const sync = () => {
    revision = client.revision;
    tellOfConfigMap(client, flags, events);
    loader.sync();
    requests?.retain(loader.model.configuration);
  };
  log.starting(parts);
  tellOfConfigMap(client, flags, events);
  for (const ingress of client.list(ingresses)) events.seen(ingress, builder);
  log.startingNginx();
  sync();
  election.start();
  const metrics = new ReplicaMetrics({
    constant,
    requests,
    flags,
    election,
    loader,
    builder,
    certificates: parts.certificates,
    status: proxyStatus,
    startedAt: clock.now(),
  });
  const listeners = replicaListeners(parts, { flags, builder, nginx: proxy, metrics });
  const status = { client, clock, flags, election, pod, builder, log, delay: () => parts.statusDelay() };
  return {
    controllers: [configurationController({ client, events, builder, sync }), ingressStatusController(status)],
    proxy,
    flags,
    model: () => loader.model,
    revision: () => revision,
    failure: () => loader.failure,
    refused: () => loader.refused,
    problemsOf: (ingress) => builder.problemsOf(ingress),
    leads: () => election.leads(),
    metrics: () => metrics.families(),
    listener: (port) => listeners[port],
    tlsFor: (sni) => proxy.tlsFor(sni),
    stop: (done) => {
      const after = (milliseconds: number, run: () => void) =>
        milliseconds <= 0 ? run() : void context.clock.after(milliseconds, run);
      log.terminating();
      after(flags.shutdownGracePeriod, () => {
        log.shuttingDown();
        const led = election.leads();
        election.stop();
        if (led && parts.isLast()) clearStatus(status);
        log.stopped();
        after(flags.postShutdownGracePeriod, () => {
          log.exiting();
          done();
        });
      });
    },
  };
}

/** What the proxy is given; its own default backend listens inside the pod. */
function nginxParts(
  parts: ReplicaParts,
  {
    flags,
    backend,
    requests,
    status,
  }: { flags: Flags; backend: Workload; requests: RequestMetrics | undefined; status: StubStatus },
): NginxParts {
  const { context, network } = parts;
  const { podIp, pod } = context;
  const controllerPod = keyOf(pod.metadata.namespace ?? '', pod.metadata.name);
  const isBackend = (address: string, port: number) => address === '127.0.0.1' && port === flags.defaultServerPort;
  return {
    clock: parts.clock,
    podIp,
    controllerPod,
    records: parts.records,
    splits: parts.splits,
    traceHeader: parts.traceHeader,
    dial: (address, port) =>
      isBackend(address, port) ? { workload: backend, ip: address, port } : network.dial(address, port, podIp),
    resolve: (host) => (parseIPv4(host) === undefined ? context.resolve(host) : host),
    drawStream: parts.drawStream,
    newRequestId: parts.newRequestId,
    balancerChance: parts.random.fork(`ingress-nginx/${controllerPod}/balancers`),
    certificateReader: readingOnce(parts.certificates),
    accessLog: (line) => context.log(line),
    errorLog: (line) => context.log(line),
    cipherFailure: (ciphers) => parts.certificates.cipherFailure(ciphers),
    status,
    measure: requests && ((context) => requests.count(context)),
  };
}

function tellOfConfigMap(client: Client, flags: Flags, events: ReplicaEvents): void {
  const { namespace, name } = parseKey(flags.configMap);
  const configMap = client.get(configMaps, namespace, name);
  if (configMap !== undefined) events.configured(configMap);
}
