import type { KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { metadataOf, nameFrom } from './name.ts';

const TYPES: Readonly<Record<string, string>> = Object.freeze({
  clusterip: 'ClusterIP',
  nodeport: 'NodePort',
  loadbalancer: 'LoadBalancer',
  externalname: 'ExternalName',
});

/** `kubectl create service` (create_service.go). */
export function service(context: KubectlContext, [word = '', ...args]: readonly string[]): JsonObject {
  const type = TYPES[word];
  if (type === undefined)
    throw failure(`unknown service type "${word}": clusterip, nodeport, loadbalancer or externalname`);
  const { flags } = context;
  const name = nameFrom(args);
  const headless = flags.text('clusterip') === 'None';
  const pairs = flags.list('tcp').flatMap((each) => each.split(','));
  if (pairs.length === 0 && type !== 'ExternalName' && !headless)
    throw failure('at least one tcp port specifier must be provided');
  if (type === 'ExternalName' && flags.text('external-name') === '')
    throw failure('required flag(s) "external-name" not set');
  const nodePort = flags.number('node-port');
  const ports = pairs.map((pair) => ({ ...portOf(pair), ...(nodePort > 0 ? { nodePort } : {}) }));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(context, name, { app: name }),
    spec: {
      type,
      selector: { app: name },
      ...(ports.length > 0 ? { ports } : {}),
      ...(type === 'ExternalName' ? { externalName: flags.text('external-name') } : {}),
      ...(flags.text('clusterip') === '' ? {} : { clusterIP: flags.text('clusterip') }),
    },
    status: { loadBalancer: {} },
  };
}

/** `80`, `80:8080`, `80:http`. */
function portOf(pair: string): JsonObject {
  const [port = '', target = port] = pair.split(':');
  if (!/^\d+$/.test(port) || Number(port) > 65535) throw failure(`invalid port: ${pair}`);
  const name = pair.replaceAll(':', '-');
  const targetPort = /^\d+$/.test(target) ? Number(target) : target;
  return { name, port: Number(port), protocol: 'TCP', targetPort };
}
