import type { Certificates } from '../ingress-nginx/certificates.ts';
import type { ScenarioSettings } from '../scenario/settings.ts';

/** What a cluster is made of; everything may be left out. */
export interface ClusterOptions {
  settings?: ScenarioSettings;
  /** Objects that are there from the start, with their uid, age and status: see `Cluster.load`. */
  objects?: readonly unknown[];
  /** `virtual` (the default): time stands still until {@link Cluster.advance}. `real`: it follows the wall clock. */
  time?: 'virtual' | 'real';
  /** Makes and reads certificates; without it TLS is not served. */
  certificates?: Certificates;
  /** What the tokens of service accounts are signed with, so that nobody can forge one; without it they follow from the seed. */
  signingSecret?: string;
  /** Whether answers carry `X-Sandbox-Request`. */
  traceHeader?: boolean;
  /** Of how many of the newest requests decisions are remembered, at least 1. */
  records?: number;
  /** Told what a real cluster would not say: notices of programs, failures of reconciles. */
  notice?(message: string): void;
}
