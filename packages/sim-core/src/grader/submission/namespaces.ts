import type { ManifestDocument } from '../../manifest/document.ts';
import type { Target } from '../target/target.ts';
import { namesIn } from './object-key.ts';

/** Makes the namespaces that are in no manifest: students make them by hand. @returns what was made, in words */
export async function makeNamespaces(target: Target, documents: readonly ManifestDocument[]): Promise<string[]> {
  const named = documents.map(({ value }) => namesIn(value).namespace);
  const own = documents.filter(({ value }) => value.kind === 'Namespace').map(({ value }) => namesIn(value).name);
  const remarks: string[] = [];
  for (const name of new Set(named)) {
    if (name === '' || own.includes(name)) continue;
    const manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    const { status } = await target.kubernetes('POST', '/api/v1/namespaces', manifest);
    if (status < 300) remarks.push(`Namespace ${name} is in no file; it was created, as by kubectl create namespace`);
  }
  return remarks;
}
