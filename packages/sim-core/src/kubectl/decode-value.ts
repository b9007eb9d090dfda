import { decodeManifests } from '../manifest/decode-manifests.ts';
import type { KubectlError } from './kubectl-error.ts';

/** JSON or YAML of a patch or a kustomization, whatever it is. */
export function decodeValue(source: string, refuse: (why: string) => KubectlError): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    // Behind a kind it is a document like any other.
    const wrapped = `apiVersion: v1\nkind: Value\nvalue:\n${source.replace(/^/gm, '  ')}`;
    const { documents, problems } = decodeManifests('value', wrapped);
    const [document] = documents;
    if (document === undefined) throw refuse(problems[0]?.kubectl ?? (error as Error).message);
    return document.value['value'];
  }
}
