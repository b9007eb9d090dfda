import type { KubectlContext } from '../context.ts';
import { type JsonObject, objects, text } from '../json.ts';

/**
 * Objects that another one owns, of those that its selector finds.
 * @param word their resource, as kubectl takes it
 */
export async function ownedBy(
  context: KubectlContext,
  owner: JsonObject,
  word: string,
  labelSelector: string,
): Promise<JsonObject[]> {
  const resource = (await context.mapper()).expect(word);
  const list = await context.client.get(
    { resource, namespace: text(owner, 'metadata', 'namespace') },
    { labelSelector },
  );
  const uid = text(owner, 'metadata', 'uid');
  return objects(list, 'items').filter((each) =>
    objects(each, 'metadata', 'ownerReferences').some((reference) => reference['uid'] === uid),
  );
}
