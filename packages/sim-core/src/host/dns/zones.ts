import type { DnsAnswer, DnsRecord, DnsType } from '../../index.ts';

/** Where answers come from. */
export interface DnsSource {
  /** What the cluster knows of an absolute name. */
  query(name: string, type: DnsType): DnsAnswer;
  /** Grows with every change. */
  serial(): number;
}

/** What is said to a question. */
export interface DnsReply {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'REFUSED';
  readonly authoritative: boolean;
  readonly answers: readonly AnyRecord[];
  readonly authorities: readonly AnyRecord[];
  readonly additionals: readonly AnyRecord[];
}

/** A record of the cluster, or one about a zone itself. */
export type AnyRecord = DnsRecord | ZoneRecord;

type ZoneRecord =
  | { readonly type: 'SOA'; readonly name: string; readonly ttl: number; readonly data: SoaData }
  | { readonly type: 'NS'; readonly name: string; readonly ttl: number; readonly data: string };

interface SoaData {
  readonly mname: string;
  readonly rname: string;
  readonly serial: number;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  readonly minimum: number;
}

/** Zones that kubeadm's Corefile gives to the plugin kubernetes. */
const ZONES: readonly string[] = Object.freeze(['cluster.local', 'in-addr.arpa', 'ip6.arpa']);
const TYPES: ReadonlySet<string> = new Set<DnsType>(['A', 'AAAA', 'CNAME', 'SRV', 'PTR', 'TXT', 'SOA', 'NS']);
const TTL = 30;

/**
 * Answers as CoreDNS with kubeadm's Corefile does (coredns plugin/kubernetes/handler.go), except that a name outside is
 * forwarded nowhere: it is refused, unless the Scenario has it. @param type `A`, `MX`, `UNKNOWN_65` …
 */
export function reply(source: DnsSource, name: string, type: string): DnsReply {
  const asked = name.replace(/\.$/, '');
  const zone = ZONES.find((each) => `.${asked.toLowerCase()}`.endsWith(`.${each}`));
  if (zone === undefined) return outside(source, asked, type);
  const about = asked.toLowerCase() === zone ? aboutZone(source, asked, type) : undefined;
  const { rcode, answers, additionals } = about ?? lookUp(source, asked, type);
  const authorities = answers.length === 0 ? [soa(source, zone)] : [];
  return { rcode, authoritative: true, answers, authorities, additionals };
}

/** Of a type that the cluster does not have, it is only told whether the name is there. */
function lookUp({ query }: DnsSource, name: string, type: string): DnsAnswer {
  if (TYPES.has(type)) return query(name, type as DnsType);
  return { ...query(name, 'A'), answers: [], additionals: [] };
}

function outside(source: DnsSource, name: string, type: string): DnsReply {
  const { rcode, answers } = lookUp(source, name, type);
  const refused = rcode === 'NXDOMAIN';
  return { rcode: refused ? 'REFUSED' : rcode, authoritative: false, answers, authorities: [], additionals: [] };
}

/** SOA and NS, which only the top of a zone has. */
function aboutZone(
  source: DnsSource,
  name: string,
  type: string,
): { rcode: 'NOERROR'; answers: ZoneRecord[]; additionals: [] } | undefined {
  if (type !== 'SOA' && type !== 'NS') return undefined;
  const answer: ZoneRecord =
    type === 'SOA' ? soa(source, name) : { type: 'NS', name, ttl: TTL, data: `ns.dns.${name.toLowerCase()}` };
  return { rcode: 'NOERROR', answers: [answer], additionals: [] };
}

/** coredns plugin/backend_lookup.go, SOA. */
function soa({ serial }: DnsSource, name: string): ZoneRecord {
  const zone = name.toLowerCase();
  const times = { refresh: 7200, retry: 1800, expire: 86_400, minimum: TTL };
  const data = { mname: `ns.dns.${zone}`, rname: `hostmaster.${zone}`, serial: serial(), ...times };
  return { type: 'SOA', name, ttl: TTL, data };
}
