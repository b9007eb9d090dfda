/** Types of records that the cluster's zone has. */
export type DnsType = 'A' | 'AAAA' | 'CNAME' | 'SRV' | 'PTR' | 'TXT' | 'SOA' | 'NS';

/** One resource record; `data` is an address, a name or a text. */
export type DnsRecord =
  | { readonly type: 'A' | 'CNAME' | 'PTR' | 'TXT'; readonly name: string; readonly ttl: number; readonly data: string }
  | { readonly type: 'SRV'; readonly name: string; readonly ttl: number; readonly data: SrvData };

export interface SrvData {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  readonly target: string;
}

/** What a name server says. NOERROR without answers means: the name is there, but has nothing of that type (NODATA). */
export interface DnsAnswer {
  readonly rcode: 'NOERROR' | 'NXDOMAIN';
  readonly answers: readonly DnsRecord[];
  /** Further records that help, as the addresses of SRV targets. */
  readonly additionals: readonly DnsRecord[];
}

export const NXDOMAIN: DnsAnswer = Object.freeze({ rcode: 'NXDOMAIN', answers: [], additionals: [] });
export const NODATA: DnsAnswer = Object.freeze({ rcode: 'NOERROR', answers: [], additionals: [] });

/** Seconds that an answer may be kept (kubeadm's Corefile, plugin kubernetes). */
export const TTL = 30;

/** An answer with these records; NODATA when there are none. */
export function noError(answers: readonly DnsRecord[], additionals: readonly DnsRecord[] = []): DnsAnswer {
  return answers.length === 0 ? NODATA : { rcode: 'NOERROR', answers, additionals };
}
