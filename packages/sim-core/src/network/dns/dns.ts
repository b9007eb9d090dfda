import { namespaces } from '../../api/core-v1/namespace.ts';
import { parseIPv4 } from '../../apimachinery/ip.ts';
import type { ExternalHosts } from '../external-hosts.ts';
import { type DnsAnswer, type DnsType, NODATA, NXDOMAIN, noError, TTL } from './record.ts';
import { reverseAnswer } from './reverse.ts';
import { address, serviceAnswer, ZONE, type Zone } from './service-records.ts';

/** Longest chain of CNAMEs that is followed (CoreDNS plugin/pkg/upstream stops there too). */
const LONGEST_CHAIN = 8;
/** `options ndots:5` of a pod's resolv.conf. */
const NDOTS = 5;

/** The cluster's name server: pure questions to the current Services and EndpointSlices. Nothing is cached. */
export interface ClusterDns extends Zone {
  /** Names outside the cluster, as far as the Scenario has any. */
  readonly externalHosts?: ExternalHosts;
}

/** Who asks: decides which short names mean what. */
export interface Asker {
  /** Address of the pod or of whoever asks. */
  readonly ip: string;
  /** Namespace of the pod; undefined asks without a search list (dnsPolicy Default, the host). */
  readonly namespace?: string;
  /** Names that its /etc/hosts has, in lower case. */
  readonly hosts?: ReadonlyMap<string, string>;
}

/**
 * Answers a question for an absolute name (a trailing dot changes nothing), in any case of letters
 * (kubernetes/dns docs/specification.md). Names outside come from the Scenario only: nothing is ever asked outside.
 */
export function query(dns: ClusterDns, name: string, type: DnsType): DnsAnswer {
  const asked = name.replace(/\.$/, '');
  const answer = queryOnce(dns, asked, type);
  const last = answer.answers.at(-1);
  if (type !== 'A' || last?.type !== 'CNAME') return answer;
  return noError([...answer.answers, ...chase(dns, last.data)]);
}

/** Follows a CNAME to its addresses. */
function chase(dns: ClusterDns, start: string): DnsAnswer['answers'] {
  const found: DnsAnswer['answers'][number][] = [];
  let name = start;
  for (let step = 0; step < LONGEST_CHAIN; step++) {
    const { answers } = queryOnce(dns, name, 'A');
    found.push(...answers);
    const last = answers.at(-1);
    if (last?.type !== 'CNAME') break;
    name = last.data;
  }
  return found;
}

function queryOnce(dns: ClusterDns, name: string, type: DnsType): DnsAnswer {
  const lower = name.toLowerCase();
  const labels = lower.split('.');
  if (lower.endsWith('.in-addr.arpa')) return reverseAnswer(dns, labels.slice(0, -2), name, type);
  if (lower !== ZONE && !lower.endsWith(`.${ZONE}`)) return outsideAnswer(dns, lower, name, type);
  const inside = labels.slice(0, -2);
  switch (inside.at(-1)) {
    case undefined:
      return NODATA;
    case 'svc':
      return serviceAnswer(dns, inside.slice(0, -1), name, type);
    case 'pod':
      return podAnswer(dns, inside.slice(0, -1), name, type);
    case 'dns-version':
      return inside.length === 1
        ? type === 'TXT'
          ? noError([{ type, name, ttl: TTL, data: '1.1.0' }])
          : NODATA
        : NXDOMAIN;
    default:
      return NXDOMAIN;
  }
}

/** `10-244-1-5.namespace.pod`: any address of an existing namespace (CoreDNS `pods insecure`, as kubeadm sets it). */
function podAnswer({ client }: ClusterDns, labels: readonly string[], name: string, type: DnsType): DnsAnswer {
  const namespace = labels.at(-1);
  if (namespace === undefined) return NODATA;
  if (client.get(namespaces, '', namespace) === undefined) return NXDOMAIN;
  if (labels.length === 1) return NODATA;
  const ip = labels[0]?.replaceAll('-', '.') ?? '';
  if (labels.length > 2 || parseIPv4(ip) === undefined) return NXDOMAIN;
  return type === 'A' ? noError([address(name, ip)]) : NODATA;
}

function outsideAnswer({ externalHosts }: ClusterDns, lower: string, name: string, type: DnsType): DnsAnswer {
  const ip = externalHosts?.resolve(lower);
  if (ip === undefined) return NXDOMAIN;
  return type === 'A' ? noError([address(name, ip)]) : NODATA;
}

/** The absolute names that a resolver tries for a name, in order (resolv.conf(5): search, ndots). */
export function candidates(name: string, namespace: string | undefined): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  if (namespace === undefined) return [name];
  const searched = [`${namespace}.svc.${ZONE}`, `svc.${ZONE}`, ZONE].map((domain) => `${name}.${domain}`);
  const dots = name.split('.').length - 1;
  return dots >= NDOTS ? [name, ...searched] : [...searched, name];
}

/** The address of a host as a program of `from` finds it: literal, /etc/hosts, then DNS. Undefined when there is none. */
export function lookup(dns: ClusterDns, from: Asker, host: string): string | undefined {
  return withoutQuestion(dns, from, host) ?? search(dns, from.namespace, host);
}

/** The address that needs no name server. */
export function withoutQuestion(dns: ClusterDns, from: Asker, host: string): string | undefined {
  if (parseIPv4(host) !== undefined)
    return host.startsWith('127.') && dns.externalHosts?.has(host) !== true ? from.ip : host;
  const lower = host.toLowerCase();
  return lower === 'localhost' ? from.ip : from.hosts?.get(lower);
}

/** Asks for the host with every name of the search list of a namespace. */
export function search(dns: ClusterDns, namespace: string | undefined, host: string): string | undefined {
  for (const candidate of candidates(host, namespace)) {
    const found = query(dns, candidate, 'A').answers.find((record) => record.type === 'A');
    if (found !== undefined) return found.data as string;
  }
  return undefined;
}
