import type { KubectlCommand, KubectlContext } from '../context.ts';
import { configMap, secret } from '../describe/config-data.ts';
import { deployment } from '../describe/deployment.ts';
import type { Describer } from '../describe/describer.ts';
import { generic } from '../describe/generic.ts';
import { ingress } from '../describe/ingress.ts';
import { ingressClass } from '../describe/ingress-class.ts';
import { namespace } from '../describe/namespace.ts';
import { node } from '../describe/node.ts';
import { pod } from '../describe/pod.ts';
import { replicaSet } from '../describe/replica-set.ts';
import { service } from '../describe/service.ts';
import { text } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { DESCRIBE_TABS, tabbed } from '../output/tabwriter.ts';
import { type Found, findObjects, SELECTION_FLAGS, type Target, targetsOf } from '../resource-args.ts';
import { ServerError } from '../server-error.ts';

const DESCRIBERS: Readonly<Record<string, Describer>> = Object.freeze({
  ConfigMap: configMap,
  Deployment: deployment,
  Ingress: ingress,
  IngressClass: ingressClass,
  Namespace: namespace,
  Node: node,
  Pod: pod,
  ReplicaSet: replicaSet,
  Secret: secret,
  Service: service,
});

/** `kubectl describe` (kubectl/pkg/cmd/describe/describe.go). */
export const describe: KubectlCommand = {
  flags: {
    ...SELECTION_FLAGS,
    'show-events': { type: 'bool', default: true },
    'chunk-size': { type: 'int', default: 500 },
  },
  async run(context) {
    const { args, flags, environment } = context;
    if (args.length === 0 && flags.list('filename').length === 0) {
      throw failure(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    }
    const targets = await targetsOf(context);
    const { found, isPrefix } = await described(context, targets);
    for (const [i, { resource, object }] of found.entries()) {
      const describer = Object.hasOwn(DESCRIBERS, resource.kind) ? DESCRIBERS[resource.kind] : undefined;
      const lines = await (describer ?? generic)(context, object);
      const separator = i > 0 && !isPrefix ? '\n\n' : '';
      environment.stdout(`${separator}${tabbed(lines.join('\n'), DESCRIBE_TABS)}\n${isPrefix ? '\n' : ''}`);
    }
    if (found.length === 0 && context.exitCode === 0) {
      const isNamespaced = targets.some(({ resource }) => resource.namespaced) && !flags.is('all-namespaces');
      context.err(isNamespaced ? `No resources found in ${context.namespace} namespace.` : 'No resources found');
    }
    return context.exitCode;
  },
};

/** A name that is none may be the beginning of some (describe.go DescribeMatchingResources). */
async function described(
  context: KubectlContext,
  targets: readonly Target[],
): Promise<{ found: Found[]; isPrefix: boolean }> {
  const [target, ...others] = targets;
  if (target?.name === undefined || others.length > 0)
    return { found: await findObjects(context, targets), isPrefix: false };
  try {
    const object = await context.client.get(target);
    return { found: [{ ...target, name: target.name, object }], isPrefix: false };
  } catch (error) {
    if (!(error instanceof ServerError && error.reason === 'NotFound')) throw error;
    const all = await findObjects(context, [{ ...target, name: undefined }]);
    const matching = all.filter(({ object }) => text(object, 'metadata', 'name').startsWith(target.name ?? ''));
    if (matching.length === 0) throw error;
    return { found: matching, isPrefix: true };
  }
}
