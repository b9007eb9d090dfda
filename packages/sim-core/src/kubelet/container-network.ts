import { nodes } from '../api/core-v1/node.ts';
import { services } from '../api/core-v1/service.ts';
import { formatIPv4, parseIPv4 } from '../apimachinery/ip.ts';
import { candidates } from '../network/dns/dns.ts';
import type { NameAnswer, PodNetwork, QuestionType } from '../workloads/name-server.ts';
import type { PodRuntime } from './pod-runtime.ts';

const LAST_PORT = 65_535;
/** Where kubeadm puts the name server: nine addresses after the API server's Service, which has the first. */
const NAME_SERVER_DISTANCE = 9;
/** A port that nobody chooses: who listens there listens on any. */
const UNLIKELY_PORT = 1;

/** The network as the programs of one pod see it. */
export class ContainerNetwork implements PodNetwork {
  readonly #pod: PodRuntime;

  constructor(pod: PodRuntime) {
    this.#pod = pod;
  }

  get nameServer(): string {
    return nameServerOf(this.#pod);
  }

  query(name: string, type: QuestionType): NameAnswer {
    return this.#pod.services.http.query(name, type);
  }

  candidates(name: string): readonly string[] {
    return candidates(name, this.#pod.asker.namespace);
  }

  dial(ip: string, port: number): 'open' | 'refused' | 'timeout' {
    const dialled = this.#pod.services.network.dial(ip, port, this.#pod.podIp);
    return typeof dialled === 'string' ? dialled : 'open';
  }

  ping(ip: string): boolean {
    const { network, client } = this.#pod.services;
    if (network.has(ip) || ip.startsWith('127.') || ip === this.#pod.hostIp) return true;
    return client.list(nodes).some(({ status }) => status?.addresses?.some(({ address }) => address === ip));
  }

  listening(): readonly number[] {
    const { podIp, pod } = this.#pod;
    const isOpen = (port: number) => this.dial(podIp, port) === 'open';
    const declared = pod.spec.containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort));
    if (isOpen(UNLIKELY_PORT)) return declared;
    return Array.from({ length: LAST_PORT }, (_, index) => index + 1).filter(isOpen);
  }
}

/** Address of the cluster's name server, as kubeadm's kubelet is told (`clusterDNS`). */
export function nameServerOf({ services: { client } }: PodRuntime): string {
  const first = parseIPv4(client.get(services, 'default', 'kubernetes')?.spec.clusterIP ?? '');
  return first === undefined ? '10.96.0.10' : formatIPv4(first + NAME_SERVER_DISTANCE);
}
