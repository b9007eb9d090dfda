import { INGRESS_NGINX_ADDON } from '../../addons/ingress-nginx.ts';
import { deployments } from '../../api/apps-v1/deployment.ts';
import { ingresses } from '../../api/networking-v1/ingress.ts';
import { Cluster } from '../../cluster.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { type ExchangeResult, exchange } from '../../network/exchange.ts';
import { defaultSettings, type ScenarioSettings } from '../../scenario/settings.ts';
import type { Load } from '../../traffic/load-generator.ts';

/** Requests a second of virtual time. */
const RATE = 1000;
const MAIN = 'netflix-frontend';

/** scenarios/canary.yaml with the add-on in virtual time, its load balancer ready: what the lesson's reader has running. */
export class CanaryCluster {
  readonly cluster: Cluster;
  readonly host: string;
  #clientPort = 1024;

  /** @param text scenarios/canary.yaml */
  constructor(text: string, settings: Partial<ScenarioSettings> = {}) {
    this.cluster = new Cluster({ settings: { ...defaultSettings(), ...settings } });
    const { documents } = decodeManifests('canary.yaml', text);
    this.cluster.apply(decodeManifests('addon', INGRESS_NGINX_ADDON).documents);
    this.cluster.apply(documents.filter(({ value }) => value.kind !== 'Scenario'));
    this.cluster.advance(4000);
    this.host = this.cluster.edge.ingressLoadBalancer()?.hostname ?? '';
    if (this.cluster.waitingFor().length > 0) throw new Error('the cluster did not settle');
  }

  /** Weight draws so far, and how many went to the canary. */
  get split(): { n: number; canary: number } {
    const [split] = this.cluster.splits.all();
    return { n: split?.n ?? 0, canary: split?.canary ?? 0 };
  }

  /** Sends so many requests with the load generator and lets the time pass that they take. */
  load(count: number, whileUnderWay: () => void = () => {}): Load {
    const load = this.cluster.loads.start({ url: `http://${this.host}/`, rate: RATE, count });
    const half = (count / RATE) * 500;
    this.cluster.advance(half);
    whileUnderWay();
    this.cluster.advance(half + 10_000);
    return load;
  }

  /** One client that waits for each answer: what answered, as the program says in its first line. */
  ask(times: number): string[] {
    return Array.from({ length: times }, () => {
      const connection = this.cluster.edge.connect(
        { host: this.host, servicePort: 80 },
        { address: '203.0.113.9', port: this.#clientPort++ },
      );
      if ('refused' in connection) return connection.message;
      let answer: ExchangeResult = 'timeout';
      const request = {
        method: 'GET',
        url: '/',
        httpVersion: '1.1',
        headers: ['host', this.host],
        remoteAddress: '203.0.113.9',
      };
      exchange(connection, request, this.cluster.clock, 1000, (result) => {
        answer = result;
      });
      connection.close();
      return typeof answer === 'string' ? answer : ((answer as { body: string }).body.split('\n')[0] ?? '');
    });
  }

  setWeight(weight: number): void {
    const canary = this.cluster.client.get(ingresses, 'default', 'canary');
    if (canary === undefined) throw new Error('no canary Ingress');
    const annotations = {
      ...canary.metadata.annotations,
      'nginx.ingress.kubernetes.io/canary-weight': String(weight),
    };
    this.cluster.client.update(ingresses, { ...canary, metadata: { ...canary.metadata, annotations } });
    this.cluster.settle();
  }

  scale(replicas: number, name = MAIN): void {
    const deployment = this.#deployment(name);
    this.cluster.client.update(deployments, { ...deployment, spec: { ...deployment.spec, replicas } });
    this.cluster.settle();
  }

  /** Rolls out another image. */
  rollOut(image: string, name = MAIN): void {
    const deployment = this.#deployment(name);
    const { template } = deployment.spec;
    const containers = template.spec.containers.map((container) => ({ ...container, image }));
    const changed = { ...template, spec: { ...template.spec, containers } };
    this.cluster.client.update(deployments, { ...deployment, spec: { ...deployment.spec, template: changed } });
    this.cluster.settle();
  }

  #deployment(name: string) {
    const deployment = this.cluster.client.get(deployments, 'default', name);
    if (deployment === undefined) throw new Error(`no Deployment ${name}`);
    return deployment;
  }
}
