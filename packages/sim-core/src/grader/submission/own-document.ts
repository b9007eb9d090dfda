import type { ManifestDocument } from '../../manifest/document.ts';
import { SANDBOX_API_VERSION } from '../../scenario/settings.ts';

const OWN_GROUP = `${SANDBOX_API_VERSION.split('/')[0]}/`;

/** Whether a document is one of our own kinds: no object of the cluster. */
export function isOwnDocument({ value }: ManifestDocument): boolean {
  return value.apiVersion.startsWith(OWN_GROUP);
}
