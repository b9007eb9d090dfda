import { definitionsController } from './apiextensions-apiserver/definitions.ts';
import type { KubeObject } from './apimachinery/object-meta.ts';
import type { Client } from './client/client.ts';
import { CloudProvider } from './cloud/provider.ts';
import { serviceLoadBalancerController } from './cloud-controller-manager/service-loadbalancer.ts';
import { checkPrograms } from './cluster/check-settings.ts';
import { ClusterApi } from './cluster/cluster-api.ts';
import { type ClusterNetwork, createNetwork } from './cluster/cluster-network.ts';
import type { ClusterOptions } from './cluster/cluster-options.ts';
import { type ControlPlane, createControlPlane } from './cluster/control-plane.ts';
import { deleteObject } from './cluster/delete-object.ts';
import { Edge } from './cluster/edge.ts';
import { createIngressProgram, type IngressProgram } from './cluster/ingress-program.ts';
import { LoadConnections } from './cluster/load-connections.ts';
import { type ApplyManifestsOptions, type ApplyOutcome, Manifests } from './cluster/manifests.ts';
import { startExternalHosts } from './cluster/outside-hosts.ts';
import { type Waiting, waitingFor } from './cluster/settled.ts';
import { type UserObject, userObjects } from './cluster/user-objects.ts';
import { createWebhookCertgen } from './cluster/webhook-certgen.ts';
import { NO_CERTIFICATES } from './ingress-nginx/certificates.ts';
import { DecisionRecords } from './ingress-nginx/nginx/decision-record.ts';
import { SplitCounters } from './ingress-nginx/nginx/split-counters.ts';
import type { ComputedKind } from './kube-apiserver/computed.ts';
import { loadObjects } from './kube-apiserver/load-objects.ts';
import { kubeControllers } from './kube-controller-manager/index.ts';
import { podAutoscalerController } from './kube-controller-manager/podautoscaler/podautoscaler.ts';
import { rootCACertPublisherController } from './kube-controller-manager/root-ca-cert-publisher.ts';
import { kubeProxyController } from './kube-proxy/kube-proxy.ts';
import { schedulerController } from './kube-scheduler/scheduler.ts';
import { kubeletController } from './kubelet/controller.ts';
import { Kubelet } from './kubelet/kubelet.ts';
import type { ManifestDocument } from './manifest/document.ts';
import { computedMetrics } from './metrics-server/computed-metrics.ts';
import { MetricsServer } from './metrics-server/metrics-server.ts';
import { defaultSettings, type ScenarioSettings } from './scenario/settings.ts';
import type { Clock } from './sim/clock.ts';
import { Random } from './sim/random.ts';
import { RealTimeClock } from './sim/real-time-clock.ts';
import { VirtualClock } from './sim/virtual-clock.ts';
import { LoadGenerator } from './traffic/load-generator.ts';
import { PROGRAMS } from './workloads/programs.ts';

/** A Kubernetes cluster in this process: THE composition root, where every part is built once and handed what it needs. */
export class Cluster {
  readonly clock: Clock;
  readonly random: Random;
  readonly controlPlane: ControlPlane;
  readonly manifests: Manifests;
  readonly network: ClusterNetwork;
  readonly kubelet: Kubelet;
  readonly metrics: MetricsServer;
  /** Kinds that are worked out when somebody asks. */
  readonly computed: readonly ComputedKind[];
  readonly cloud: CloudProvider;
  readonly ingress: IngressProgram;
  readonly records: DecisionRecords;
  readonly splits: SplitCounters;
  readonly edge: Edge;
  /** The Kubernetes API, for clients outside and for pods. */
  readonly api: ClusterApi;
  readonly loads: LoadGenerator;
  /** The client side of load. */
  readonly connections: LoadConnections;
  readonly #time: VirtualClock | RealTimeClock;
  readonly #settled = new Set<() => void>();
  #settings: ScenarioSettings;

  constructor(options: ClusterOptions = {}) {
    const settings = options.settings ?? defaultSettings();
    const notice = options.notice ?? (() => {});
    const certificates = options.certificates ?? NO_CERTIFICATES;
    this.#settings = settings;
    this.records = new DecisionRecords(options.records);
    this.random = new Random(settings.seed);
    this.#time =
      options.time === 'real'
        ? new RealTimeClock(() => this.settle())
        : new VirtualClock(undefined, () => this.settle());
    this.clock = this.#time;
    const { clock, random } = this;

    this.controlPlane = createControlPlane({
      clock,
      random,
      serviceCidr: settings.serviceCIDR,
      nodes: settings.nodes,
      signingSecret: options.signingSecret ?? '',
      // The network comes later; nobody is asked before there are webhooks.
      webhooks: { post: (question, done) => this.network.webhooks.post(question, done) },
      settle: () => this.settle(),
      onFailure: (controller, key, error) =>
        notice(`${controller} ${key}: ${error instanceof Error ? error.message : error}`),
    });
    const { manager, client, clientFor } = this.controlPlane;
    this.manifests = new Manifests(this.controlPlane.applier, () => this.settle());
    this.network = createNetwork({ client, clock, random, certificates, nodeOf: (ip) => this.kubelet.nodeOf(ip) });
    const { network, http, proxy, probe } = this.network;
    this.cloud = new CloudProvider({
      clock,
      random,
      probe,
      delay: settings.cloud.delay,
      failures: settings.cloud.failures,
    });
    this.splits = new SplitCounters(() => client.revision);
    this.ingress = createIngressProgram({
      manager,
      clock,
      random,
      network,
      records: this.records,
      splits: this.splits,
      certificates,
      statusDelay: () => this.#settings.delays.ingressStatus,
      traceHeader: options.traceHeader ?? true,
      clientFor,
    });
    const programs = [
      this.ingress.program,
      createWebhookCertgen(clientFor('system:kube-webhook-certgen'), certificates),
      ...PROGRAMS,
    ];
    checkPrograms(
      settings,
      programs.map(({ name }) => name),
    );
    startExternalHosts(settings.externalHosts, { ...this.network, programs, clock, random, notice });
    this.kubelet = new Kubelet({
      client: clientFor('system:nodes'),
      clock,
      random,
      network,
      http,
      programs,
      settings: () => this.#settings,
      settle: () => this.settle(),
      tokenFor: (pod) => this.controlPlane.tokens.issueForPod(pod),
      selfSigned: certificates.selfSigned,
      notice,
    });
    this.metrics = new MetricsServer({ client, clock, stats: () => this.kubelet.stats() });
    this.computed = computedMetrics(this.metrics);
    this.controlPlane.scheme.add(this.computed.map(({ kind }) => kind));
    this.api = new ClusterApi({
      computed: this.computed,
      controlPlane: this.controlPlane,
      clock,
      random,
      network,
      kubelet: this.kubelet.connection,
      manifests: this.manifests,
      settle: () => this.settle(),
      onError: (error) => notice(`kube-apiserver: ${error instanceof Error ? error.message : error}`),
    });
    this.edge = new Edge({ client, cloud: this.cloud, proxy, network, replicas: this.ingress.replicas });
    this.connections = new LoadConnections(this.edge);
    this.loads = new LoadGenerator(clock, (request, answered) => this.connections.open(request, 'load', answered));

    manager.add(definitionsController(this.controlPlane.scheme));
    for (const controller of kubeControllers(this.controlPlane.scheme)) manager.add(controller);
    const podMetrics = (namespace: string) => this.metrics.pods(namespace);
    manager.add(podAutoscalerController({ kinds: this.controlPlane.scheme.kinds, podMetrics }));
    manager.add(schedulerController(() => this.#settings.delays.scheduling));
    manager.add(kubeletController(this.kubelet));
    manager.add(kubeProxyController(proxy));
    manager.add(serviceLoadBalancerController(this.cloud));
    this.load(options.objects ?? []);
  }

  get settings(): ScenarioSettings {
    return this.#settings;
  }

  /**
   * Another scenario takes the place of this one: its name, what images do, how long things take and the cloud's mistakes count
   * from now on. Nodes, networks and the seed are the cluster's own and stay.
   */
  setScene(scene: ScenarioSettings): void {
    const { seed, nodes, serviceCIDR, externalHosts, clock } = this.#settings;
    this.#settings = { ...scene, seed, nodes, serviceCIDR, externalHosts, clock };
    this.cloud.setScene(scene.cloud);
  }

  /** Reads and writes as the administrator. */
  get client(): Client {
    return this.controlPlane.client;
  }

  /**
   * Applies documents as kubectl does, each settled before the next; refused ones stop no other.
   * @param options.interval milliseconds of cluster time that pass after each
   */
  apply(
    documents: readonly ManifestDocument[],
    options: ApplyManifestsOptions & { interval?: number } = {},
  ): ApplyOutcome[] {
    const { interval = 0 } = options;
    const settle = () => (interval > 0 ? this.advance(interval) : this.settle());
    return this.manifests.apply(documents, settle, options);
  }

  /** The user's objects that are there, in the order in which they were applied, each with its document. */
  userObjects(): UserObject[] {
    return userObjects(this.client, this.controlPlane.scheme, this.manifests);
  }

  /**
   * Takes away the user's objects whose document is not kept.
   * @param isKept by the document's file; without it every known file is kept
   */
  reset(isKept: (file: string) => boolean = (file) => this.manifests.files.some((each) => each.file === file)): void {
    for (const { document, object } of this.userObjects()) {
      if (isKept(document.file) || !this.#exists(object)) continue;
      this.delete(object.apiVersion, object.kind, object.metadata);
    }
  }

  /**
   * Deletes an object in the background and settles.
   * @param apiVersion '' where `kindName` is a word as kubectl takes it: `ing`, `ingresses`, `deployments.apps`
   * @throws StatusError NotFound
   */
  delete(apiVersion: string, kindName: string, { namespace, name }: { namespace?: string; name: string }): void {
    deleteObject(this.controlPlane, this.manifests, { apiVersion, kindName, namespace, name });
    this.settle();
  }

  #exists({ apiVersion, kind, metadata }: KubeObject): boolean {
    const found = this.controlPlane.scheme.kind(apiVersion, kind);
    return found !== undefined && this.client.get(found, metadata.namespace ?? '', metadata.name) !== undefined;
  }

  /**
   * Puts recorded objects into the store as they are, with their uid, creationTimestamp and status: age decides conflicts,
   * and the API ignores what a client says of it. Neither admission nor validation is asked.
   * @throws StatusError when one cannot be decoded
   */
  load(objects: readonly unknown[]): void {
    loadObjects(this.controlPlane, objects);
    this.settle();
  }

  /** Applies objects that come from no file. @throws StatusError for the first that is refused */
  applyObjects(objects: readonly KubeObject[]): void {
    for (const object of objects) this.controlPlane.applier.apply(object);
    this.settle();
  }

  /**
   * Lets the controllers react until nothing changes any more; inside a timer that happens once the instant is over.
   * @throws Error when one goes round in circles
   */
  settle(): void {
    if (this.#time.inTimers) return;
    do this.controlPlane.manager.settle();
    while (this.manifests.retry(this.client.revision));
    for (const callback of this.#settled) callback();
  }

  /** Calls back after every settle. Returns how to stop. */
  onSettled(callback: () => void): () => void {
    this.#settled.add(callback);
    return () => this.#settled.delete(callback);
  }

  /** What the cluster still waits for; empty when the next request routes. */
  waitingFor(): Waiting[] {
    const others = waitingFor({ client: this.client, cloud: this.cloud, replicas: this.ingress.replicas });
    return [...others, ...this.manifests.waiting(others.every(({ stuck }) => stuck))];
  }

  /** Moves cluster time forward by so many milliseconds; in real time this skips. */
  advance(milliseconds: number): void {
    if (this.#time instanceof VirtualClock) this.#time.advanceTo(this.#time.now() + milliseconds);
    else this.#time.skip(milliseconds);
  }

  /** The clock's controls, in real time only. */
  get realTime(): RealTimeClock | undefined {
    return this.#time instanceof RealTimeClock ? this.#time : undefined;
  }

  /** Puts the certificate authority of the Kubernetes API (PEM) where pods find it: kube-root-ca.crt in every namespace. */
  publishRootCA(pem: string): void {
    this.controlPlane.manager.add(rootCACertPublisherController(pem));
    this.settle();
  }

  /** Ends loads and timers. */
  stop(): void {
    this.loads.stopAll();
    this.realTime?.stop();
  }
}

/** Starts a cluster; it holds no sockets and no files. */
export function createCluster(options: ClusterOptions = {}): Cluster {
  return new Cluster(options);
}
