import { randomBytes } from 'node:crypto';
import { apiServerNames, createAuthority } from '../../host/certificate-authority.ts';
import type { KubeconfigContext } from '../../host/kubeconfig.ts';
import { type AuditLog, openAuditLog } from '../../host/kubernetes/audit-log.ts';
import { startKubernetes } from '../../host/kubernetes/listener.ts';
import type { Cluster } from '../../index.ts';
import { CliError, EXIT } from '../exit-codes.ts';

/** The Kubernetes API of a run. */
export interface Kubernetes {
  readonly port: number;
  /** How kubectl reaches it. */
  readonly access: Omit<KubeconfigContext, 'name'>;
  close(): Promise<void>;
}

/** What it is opened for. */
export interface KubernetesParts {
  readonly cluster: Cluster;
  /** 0: any free one. */
  readonly port: number;
  /** Plain http, where every request counts as the administrator's. */
  readonly plain: boolean;
  /** File for a line about every answer; undefined: none. */
  readonly auditLogPath?: string | undefined;
  onError(error: unknown): void;
}

/** Serves the Kubernetes API on this machine. @throws ListenError; CliError when the audit log cannot be written */
export async function startKubernetesApi(parts: KubernetesParts): Promise<Kubernetes> {
  const { cluster, port, plain, onError } = parts;
  const authority = createAuthority();
  cluster.publishRootCA(authority.caPem);
  const token = plain ? '' : randomBytes(16).toString('hex');
  cluster.api.useAdminToken(token);
  const certificate = plain ? undefined : () => authority.issue(apiServerNames());
  const dial = (podIp: string, podPort: number) => {
    const dialled = cluster.network.network.dial(podIp, podPort, podIp);
    return typeof dialled === 'string' ? dialled : dialled.workload;
  };
  const auditLog = auditLogOf(parts);
  const optional = { ...(certificate && { certificate }), ...(auditLog && { auditLog }) };
  const listener = await startKubernetes({ port, apiServer: () => cluster.api.server(), dial, onError, ...optional });
  const access = { server: listener.url, certificateAuthority: plain ? '' : authority.caPem, token };
  return { port: listener.port, access, close: () => listener.close() };
}

/** @throws CliError environment */
function auditLogOf({ auditLogPath }: KubernetesParts): AuditLog | undefined {
  if (auditLogPath === undefined) return undefined;
  try {
    return openAuditLog(auditLogPath);
  } catch (error) {
    throw new CliError(EXIT.environment, `--audit-log-path: ${(error as Error).message}`);
  }
}
