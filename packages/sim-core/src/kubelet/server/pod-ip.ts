import { PlainTextError } from '../../apimachinery/plain-text-error.ts';
import { newBadRequest } from '../../apimachinery/status-error.ts';
import { getPod } from './container-name.ts';
import type { ServerParts } from './server-parts.ts';

/**
 * Where a port-forward leads (pkg/registry/core/pod/strategy.go PortForwardLocation; pkg/kubelet/kubelet_pods.go GetPortForward).
 * kubectl itself says `unable to forward port because pod is not running` before it asks.
 * @throws StatusError NotFound, BadRequest, or the kubelet's own 500
 */
export function podIp({ client }: ServerParts, namespace: string, name: string): string {
  const { spec, status } = getPod(client, namespace, name);
  if (!spec.nodeName) throw newBadRequest(`pod ${name} does not have a host assigned`);
  const isRunning = status?.phase === 'Running' && status.podIP !== undefined;
  if (!isRunning) throw new PlainTextError(`pod not found ("${name}_${namespace}")`);
  return status.podIP as string;
}
