import { formatLabelSelector } from '../apimachinery/label-selector.ts';
import type { KubectlContext } from './context.ts';
import type { JsonObject } from './json.ts';
import { at, objects, strings, text } from './json.ts';
import { failure } from './kubectl-error.ts';

/** Pods that a word means: `web-1`, `pod/web-1`, `deploy/web`, `svc/web`, or those of a selector (polymorphichelpers GetFirstPod). */
export async function podsOf(
  context: KubectlContext,
  word: string | undefined,
  selector: string,
): Promise<JsonObject[]> {
  const mapper = await context.mapper();
  const pods = mapper.expect('pods');
  const { namespace, client } = context;
  const list = async (labelSelector: string) => {
    const found = await client.get({ resource: pods, namespace }, { labelSelector });
    return objects(found, 'items').sort((a, b) => rank(a) - rank(b));
  };
  if (word === undefined)
    return objects(await client.get({ resource: pods, namespace }, { labelSelector: selector }), 'items');
  const [type, name] = word.includes('/') ? word.split('/') : ['pods', word];
  const resource = mapper.expect(type ?? '');
  const object = await client.get({ resource, namespace, name: name ?? '' });
  if (resource === pods) return [object];
  const own = selectorOf(resource.kind, object);
  if (own === undefined) throw failure(`cannot get the logs from ${resource.kind}: selector is missing`);
  const found = await list(own);
  if (found.length === 0) throw failure(`timed out waiting for the condition`);
  return found;
}

function selectorOf(kind: string, object: JsonObject): string | undefined {
  if (kind === 'Service' || kind === 'ReplicationController') {
    const labels = strings(object, 'spec', 'selector');
    return Object.keys(labels).length === 0 ? undefined : formatLabelSelector({ matchLabels: labels });
  }
  const selector = at(object, 'spec', 'selector');
  return selector === undefined ? undefined : formatLabelSelector(selector as never);
}

/** Ready ones first, then running ones (podutils ByLogging). */
function rank(pod: JsonObject): number {
  const ready = objects(pod, 'status', 'conditions').some(
    (each) => text(each, 'type') === 'Ready' && text(each, 'status') === 'True',
  );
  if (ready) return 0;
  return text(pod, 'status', 'phase') === 'Running' ? 1 : 2;
}
