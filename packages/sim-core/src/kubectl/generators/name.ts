import type { KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { failure } from '../kubectl-error.ts';

/** The one NAME of a `create` command. @throws KubectlError (NameFromCommandArgs) */
export function nameFrom(args: readonly string[], dash = -1): string {
  const names = dash < 0 ? args : args.slice(0, dash);
  const [name] = names;
  if (name === undefined || names.length > 1) throw failure(`exactly one NAME is required, got ${names.length}`);
  return name;
}

/** metadata with the namespace, which generated objects only have when -n is given. */
export function metadataOf({ flags, namespace }: KubectlContext, name: string, labels?: JsonObject): JsonObject {
  const place = flags.given('namespace') ? { namespace } : {};
  return { creationTimestamp: null, name, ...place, ...(labels === undefined ? {} : { labels }) };
}
