import type { KubeletConnection } from '../../kube-apiserver/kubelet-connection.ts';
import { attach } from './attach.ts';
import { exec } from './exec.ts';
import { readLogs } from './logs.ts';
import { podIp } from './pod-ip.ts';
import type { ServerParts } from './server-parts.ts';

/** The kubelet's server as the API server reaches it (pkg/kubelet/server/server.go). */
export function createConnection(parts: ServerParts): KubeletConnection {
  return {
    logs: (namespace, pod, request) => readLogs(parts, namespace, pod, request),
    exec: (namespace, pod, request, output) => exec(parts, namespace, pod, request, output),
    attach: (namespace, pod, request, output) => attach(parts, namespace, pod, request, output),
    podIp: (namespace, pod) => podIp(parts, namespace, pod),
  };
}
