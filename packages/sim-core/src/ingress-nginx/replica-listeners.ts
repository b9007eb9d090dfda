import type { Workload } from '../workloads/workload.ts';
import { admissionServer } from './admission/admission-server.ts';
import { servedCertificate } from './admission/served-certificate.ts';
import type { Flags } from './flags.ts';
import { createKlog } from './klog.ts';
import type { ReplicaMetrics } from './metrics/replica-metrics.ts';
import type { ModelBuilder } from './model-builder.ts';
import type { Nginx } from './nginx/nginx.ts';
import type { ReplicaParts } from './replica-parts.ts';

/** What listens in the pod of a replica. */
export function replicaListeners(
  { context }: ReplicaParts,
  parts: { flags: Flags; builder: ModelBuilder; nginx: Nginx; metrics: ReplicaMetrics },
): Readonly<Record<number, Workload>> {
  const { flags, builder, nginx, metrics } = parts;
  const { webhookPort, webhookCertificate } = flags;
  const webhook = () =>
    admissionServer({
      builder,
      flags,
      log: createKlog(context),
      certificate: () => servedCertificate(() => context.files(), webhookCertificate),
      checked: (key, isGood) => metrics.checks.count(key, isGood),
    });
  return {
    [flags.httpPort]: nginx.listener('http'),
    [flags.httpsPort]: nginx.listener('https'),
    [flags.healthzPort]: metrics.listener(),
    ...(webhookPort !== 0 && { [webhookPort]: webhook() }),
  };
}
