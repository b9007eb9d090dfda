import { decodeText, type ManifestObject } from './decode-text.ts';
import type { KubectlEnvironment } from './environment.ts';
import { failure } from './kubectl-error.ts';
import { buildKustomization } from './kustomize/build.ts';

const MANIFEST = /\.(json|ya?ml)$/;

/** Objects of `-f` files, folders and `-`, in their order; of `-k` the built kustomization. @throws KubectlError */
export async function readManifests(
  environment: KubectlEnvironment,
  files: readonly string[],
  kustomization: string,
  recursive = false,
): Promise<ManifestObject[]> {
  if (kustomization !== '') {
    const built = await buildKustomization(environment, kustomization);
    return built.map((object) => ({ object, file: kustomization }));
  }
  const found: ManifestObject[] = [];
  for (const file of files.flatMap((each) => each.split(','))) {
    if (file === '-') found.push(...decodeText('STDIN', await environment.stdin()));
    else if (/^https?:\/\//.test(file))
      throw failure(`${file}: nothing is ever fetched from outside; save it to a file first`);
    else found.push(...(await readPath(environment, file, recursive)));
  }
  if (found.length === 0) throw failure('no objects passed to apply');
  return found;
}

async function readPath({ files }: KubectlEnvironment, path: string, recursive: boolean): Promise<ManifestObject[]> {
  const names = await files.list(path);
  if (names === undefined) return decodeText(path, await files.read(path));
  const found: ManifestObject[] = [];
  for (const name of names) {
    const inner = `${path.replace(/\/$/, '')}/${name}`;
    const folder = (await files.list(inner)) !== undefined;
    if (folder && recursive) found.push(...(await readPath({ files } as KubectlEnvironment, inner, true)));
    else if (!folder && MANIFEST.test(name)) found.push(...decodeText(inner, await files.read(inner)));
  }
  return found;
}
