import { INGRESS_NGINX_ADDON, readSettings, SANDBOX_API_VERSION, type ScenarioSettings } from '../index.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import type { ManifestDocument } from '../manifest/document.ts';

/** A text of manifests with its name. */
export interface PageFile {
  readonly file: string;
  readonly text: string;
}

/** What files ask for: settings of a cluster, and objects in the order in which they are applied. */
export interface ScenarioParts {
  readonly settings: ScenarioSettings;
  readonly addons: readonly ManifestDocument[];
  readonly documents: readonly ManifestDocument[];
}

const ADDON_FILE = 'addon/ingress-nginx.yaml';

/** Reads manifests as `run` and `simulate` do. @throws Error with the first problem, at its line */
export function readScenario(files: readonly PageFile[], seed?: string): ScenarioParts {
  const decoded = files.map(({ file, text }) => decodeManifests(file, text));
  const [problem] = decoded.flatMap(({ problems }) => problems);
  if (problem !== undefined) throw new Error(`${problem.file}:${problem.line}: ${problem.message}`);
  const documents = decoded.flatMap((each) => each.documents);
  const isOwn = ({ value }: ManifestDocument) => value.apiVersion === SANDBOX_API_VERSION;
  const { settings } = readSettings(documents.find(isOwn)?.value ?? {});
  const hasAddon = settings.addons.includes('ingress-nginx');
  return {
    settings: { ...settings, seed: seed ?? settings.seed },
    addons: hasAddon ? decodeManifests(ADDON_FILE, INGRESS_NGINX_ADDON).documents : [],
    documents: documents.filter((document) => !isOwn(document)),
  };
}
