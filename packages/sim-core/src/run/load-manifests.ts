import { INGRESS_NGINX_ADDON, readSettings, SANDBOX_API_VERSION, type ScenarioSettings } from '../index.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import type { ManifestDocument } from '../manifest/document.ts';
import { parseFieldPath } from '../manifest/field-path.ts';
import type { ManifestProblem } from '../manifest/problem.ts';
import { createSourceMap } from '../manifest/source-map.ts';
import type { InputFile } from './input-file.ts';

/** The name under which the add-on's own objects are reported. */
export const ADDON_FILE = 'addon/ingress-nginx.yaml';
/** Group of our own documents: they are settings, not objects of the cluster. */
const OWN_GROUP = `${SANDBOX_API_VERSION.split('/')[0]}/`;

/** Something that is wrong with the input: its text, or one of our own documents in it. */
export type InputProblem = Omit<ManifestProblem, 'reason'> & { readonly reason: string };

/** What a cluster starts from: objects for the API server, and the settings of the Scenario document. */
export interface LoadedManifests {
  readonly documents: readonly ManifestDocument[];
  /** Of the Scenario document; defaults without one. */
  readonly settings: ScenarioSettings;
  readonly hasScenario: boolean;
  readonly problems: readonly InputProblem[];
  /** A complaint about a setting, at its place in the Scenario document. */
  describeSetting(problem: { readonly field: string; readonly message: string }): InputProblem;
}

/**
 * Decodes files and takes our own documents out of them.
 * @param fromFolder whether the files are some of several: a kustomization.yaml among manifests is no mistake then
 */
export function loadManifests(files: readonly InputFile[], fromFolder = files.length > 1): LoadedManifests {
  const decoded = files.map(({ file, bytes }) => decodeManifests(file, bytes));
  const documents = decoded.flatMap((each) => each.documents);
  const own = documents.filter(isOwn);
  const [scenario, ...others] = own.filter(isScenario);
  const { settings, problems } = readSettings(scenario?.value ?? {});
  const describeSetting = settingDescriber(scenario, files);
  return {
    documents: documents.filter((document) => !isOwn(document)),
    settings,
    hasScenario: scenario !== undefined,
    problems: [
      ...decoded.flatMap((each) => each.problems).filter(({ reason }) => !fromFolder || reason !== 'Kustomization'),
      ...own.filter((document) => !isScenario(document)).map(unknownOwn),
      ...others.map(secondScenario),
      ...(scenario === undefined ? [] : problems.map(describeSetting)),
    ],
    describeSetting,
  };
}

/** Problems with which nothing may start. */
export function errorsOf({ problems }: LoadedManifests): InputProblem[] {
  return problems.filter(({ severity }) => severity === 'error');
}

/** Problems that Kubernetes would not mind. */
export function warningsOf({ problems }: LoadedManifests): InputProblem[] {
  return problems.filter(({ severity }) => severity === 'warning');
}

/** Documents of the add-ons that the settings ask for. */
export function addonDocuments(settings: ScenarioSettings): readonly ManifestDocument[] {
  return settings.addons.includes('ingress-nginx') ? decodeManifests(ADDON_FILE, INGRESS_NGINX_ADDON).documents : [];
}

/** Whether a document is one of our own settings, not an object of the cluster. */
export function isOwn({ value }: ManifestDocument): boolean {
  return value.apiVersion.startsWith(OWN_GROUP);
}

function isScenario({ value }: ManifestDocument): boolean {
  return value.apiVersion === SANDBOX_API_VERSION && value.kind === 'Scenario';
}

function settingDescriber(
  scenario: ManifestDocument | undefined,
  files: readonly InputFile[],
): LoadedManifests['describeSetting'] {
  return ({ field, message }) => {
    const sources = createSourceMap(files.map(({ file, bytes }) => ({ file, text: bytes })));
    const position = scenario && sources.locateKey(scenario, parseFieldPath(field));
    return {
      severity: 'error',
      reason: 'Scenario',
      message: `Scenario ${field}: ${message}`,
      file: scenario?.file ?? '',
      ...(position === undefined ? {} : { line: position.line, column: position.column }),
    };
  };
}

function unknownOwn({ file, line, value }: ManifestDocument): InputProblem {
  const message =
    value.kind === 'Exercise'
      ? 'an Exercise is for the grader: grade <exercise> <submission>'
      : `no kind "${value.kind}" in ${value.apiVersion}; a sandbox knows Scenario in ${SANDBOX_API_VERSION}`;
  return { severity: 'error', reason: 'UnknownKind', message, file, line };
}

function secondScenario({ file, line }: ManifestDocument): InputProblem {
  return {
    severity: 'error',
    reason: 'SecondScenario',
    message: 'a second Scenario document; a run takes one',
    file,
    line,
    hint: 'Remove it, or run the files one at a time.',
  };
}
