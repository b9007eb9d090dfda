import { newInternalError } from '../../apimachinery/status-error.ts';
import type { KubeletConnection } from '../../kube-apiserver/kubelet-connection.ts';
import { readLogs } from './logs.ts';
import { podIp } from './pod-ip.ts';
import type { ServerParts } from './server-parts.ts';

/** The kubelet's server as the API server reaches it (pkg/kubelet/server/server.go). */
export function createConnection(parts: ServerParts): KubeletConnection {
  return {
    logs: (namespace, pod, request) => readLogs(parts, namespace, pod, request),
    exec: () => {
      throw newInternalError('exec is not there yet');
    },
    attach: () => {
      throw newInternalError('attach is not there yet');
    },
    podIp: (namespace, pod) => podIp(parts, namespace, pod),
  };
}
