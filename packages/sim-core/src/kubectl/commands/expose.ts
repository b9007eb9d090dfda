import type { KubectlCommand, KubectlContext } from '../context.ts';
import { metadataOf } from '../generators/name.ts';
import type { JsonObject } from '../json.ts';
import { at, objects, strings, text } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { CHANGE_FLAGS } from '../output/changed.ts';
import { type Found, findObjects, SELECTION_FLAGS, targetsOf } from '../resource-args.ts';
import { createObject } from './create.ts';

/** `kubectl expose` (kubectl/pkg/cmd/expose/expose.go). */
export const expose: KubectlCommand = {
  flags: {
    ...SELECTION_FLAGS,
    ...CHANGE_FLAGS,
    port: { type: 'string', default: '' },
    'target-port': { type: 'string', default: '' },
    protocol: { type: 'string', default: '' },
    type: { type: 'string', default: '' },
    name: { type: 'string', default: '' },
    labels: { type: 'string', default: '' },
    'external-ip': { type: 'string', default: '' },
    'cluster-ip': { type: 'string', default: '' },
    'session-affinity': { type: 'string', default: '' },
    'load-balancer-ip': { type: 'string', default: '' },
  },
  async run(context) {
    const found = await findObjects(context, await targetsOf(context));
    await context.each(found, (each) => exposeOne(context, each));
    return context.exitCode;
  },
};

/** What a Service is made from. */
interface Exposed {
  readonly name: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly JsonObject[];
}

async function exposeOne(context: KubectlContext, { resource, name, object }: Found): Promise<void> {
  const { flags } = context;
  const selector = flags.text('selector') === '' ? selectorOf(resource.kind, object) : pairs(flags.text('selector'));
  if (selector === undefined) throw failure(`cannot expose a ${resource.kind}.${resource.group}`);
  if (Object.keys(selector).length === 0) {
    throw failure(
      `couldn't retrieve selectors via --selector flag or introspection: the ${resource.kind.toLowerCase()} has no labels and cannot be exposed`,
    );
  }
  const declared = portsOf(object);
  const wanted =
    flags.text('port') === ''
      ? declared
      : flags
          .text('port')
          .split(',')
          .map((port) => ({ port: Number(port), protocol: flags.text('protocol') || 'TCP' }));
  if (wanted.length === 0) throw failure("couldn't find port via --port flag or introspection");
  const target = flags.text('target-port');
  const ports = wanted.map((each, i) => ({
    ...(wanted.length > 1 ? { name: `port-${i + 1}` } : {}),
    ...each,
    targetPort: target === '' ? each.port : /^\d+$/.test(target) ? Number(target) : target,
  }));
  const labels = flags.text('labels') === '' ? strings(object, 'metadata', 'labels') : pairs(flags.text('labels'));
  await exposeObject(context, { name: flags.text('name') || name, selector, labels, ports }, 'exposed');
}

/** Creates the Service. */
export async function exposeObject(
  context: KubectlContext,
  { name, selector, labels, ports }: Exposed,
  verb: string,
): Promise<void> {
  const { flags } = context;
  const optional = (key: string, flag: string) => (flags.text(flag) === '' ? {} : { [key]: flags.text(flag) });
  const metadata = metadataOf(context, name, Object.keys(labels).length > 0 ? labels : undefined);
  const spec = {
    ports,
    selector,
    ...optional('type', 'type'),
    ...optional('clusterIP', 'cluster-ip'),
    ...optional('sessionAffinity', 'session-affinity'),
    ...optional('loadBalancerIP', 'load-balancer-ip'),
    ...(flags.text('external-ip') === '' ? {} : { externalIPs: [flags.text('external-ip')] }),
  };
  await createObject(
    context,
    { apiVersion: 'v1', kind: 'Service', metadata, spec, status: { loadBalancer: {} } },
    'kubectl-expose',
    verb,
  );
}

function selectorOf(kind: string, object: JsonObject): Record<string, string> | undefined {
  if (kind === 'Pod') return strings(object, 'metadata', 'labels');
  if (kind === 'Service' || kind === 'ReplicationController') return strings(object, 'spec', 'selector');
  if (kind !== 'Deployment' && kind !== 'ReplicaSet') return undefined;
  if (at(object, 'spec', 'selector', 'matchExpressions') !== undefined) {
    throw failure(
      `couldn't convert expressions - "${JSON.stringify(at(object, 'spec', 'selector', 'matchExpressions'))}" to map-based selector format`,
    );
  }
  return strings(object, 'spec', 'selector', 'matchLabels');
}

function portsOf(object: JsonObject): { port: number; protocol: string }[] {
  const spec = at(object, 'spec', 'template', 'spec') ?? at(object, 'spec');
  const own = objects(spec, 'ports').map((each) => ({
    port: Number(each['port']),
    protocol: text(each, 'protocol') || 'TCP',
  }));
  const containers = objects(spec, 'containers').flatMap((container) => objects(container, 'ports'));
  return [
    ...own,
    ...containers.map((each) => ({ port: Number(each['containerPort']), protocol: text(each, 'protocol') || 'TCP' })),
  ];
}

function pairs(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}
