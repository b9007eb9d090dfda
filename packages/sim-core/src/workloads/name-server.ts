/** Types of records that programs ask a name server for. */
export type QuestionType = 'A' | 'AAAA' | 'CNAME' | 'SRV' | 'PTR' | 'TXT' | 'SOA' | 'NS';

/** One record of an answer. */
export interface NameRecord {
  readonly type: QuestionType;
  readonly name: string;
  readonly ttl: number;
  readonly data:
    | string
    | { readonly priority: number; readonly weight: number; readonly port: number; readonly target: string };
}

/** What a name server says; NOERROR without answers: nothing of that type. */
export interface NameAnswer {
  readonly rcode: 'NOERROR' | 'NXDOMAIN';
  readonly answers: readonly NameRecord[];
  readonly additionals: readonly NameRecord[];
}

/** A pod's network as its programs see it, below HTTP. */
export interface PodNetwork {
  /** Asks the cluster's name server for an absolute name. */
  query(name: string, type: QuestionType): NameAnswer;
  /** Absolute names that the pod's resolver tries for a name, in order. */
  candidates(name: string): readonly string[];
  /** What came of a TCP connection. */
  dial(ip: string, port: number): 'open' | 'refused' | 'timeout';
  /** Whether somebody with that address answers an echo request: pods and nodes do, Services do not. */
  ping(ip: string): boolean;
  /** Ports that the pod itself listens on. */
  listening(): readonly number[];
  /** Whether the pod asks the cluster's name server (dnsPolicy ClusterFirst). */
  readonly nameServer: string;
}
