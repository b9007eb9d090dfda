import { decodeManifests } from '../manifest/decode-manifests.ts';
import type { JsonObject } from './json.ts';
import { objects, text } from './json.ts';
import { KubectlError } from './kubectl-error.ts';

/** One object of a file, and the file as the user named it. */
export interface ManifestObject {
  readonly object: JsonObject;
  readonly file: string;
}

/** Documents of a text; a List gives its items. @throws KubectlError where one cannot be read */
export function decodeText(file: string, source: string): ManifestObject[] {
  const { documents, problems } = decodeManifests(file, source);
  const problem = problems.find(({ severity }) => severity === 'error');
  if (problem !== undefined) {
    const words = problem.kubectl?.startsWith('error: ')
      ? problem.kubectl
      : `error: error parsing ${file}: ${problem.kubectl ?? problem.message}`;
    throw new KubectlError(words);
  }
  return documents.flatMap(({ value }) => {
    const object = value as JsonObject;
    const isList = text(object, 'kind').endsWith('List') && Array.isArray(object['items']);
    return isList ? objects(object, 'items').map((each) => ({ object: each, file })) : [{ object, file }];
  });
}
