import { formatDuration } from '../apimachinery/duration.ts';
import { INGRESS_NGINX_ADDON, readSettings, SANDBOX_API_VERSION, type ScenarioSettings } from '../index.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import type { ManifestDocument } from '../manifest/document.ts';
import { parseFieldPath } from '../manifest/field-path.ts';
import { formatProblem, type ManifestProblem } from '../manifest/problem.ts';
import { createSourceMap } from '../manifest/source-map.ts';
import { CliError, EXIT } from './exit-codes.ts';
import { expectNames, type Input, type InputFile, type InputOptions, readInput } from './input.ts';

/** The name under which the add-on's own objects are reported. */
export const ADDON_FILE = 'addon/ingress-nginx.yaml';
/** Group of our own documents: they are settings, not objects of the cluster. */
const OWN_GROUP = `${SANDBOX_API_VERSION.split('/')[0]}/`;

/** Something that is wrong with the input: its text, or one of our own documents in it. */
export type InputProblem = Omit<ManifestProblem, 'reason'> & { readonly reason: string };

/** Input that nothing can be started from; the message has every problem with its place. */
export class RefusedInput extends CliError {
  readonly problems: readonly InputProblem[];

  constructor(problems: readonly InputProblem[]) {
    super(EXIT.refused, problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

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

/**
 * Reads and decodes what the user named.
 * @throws CliError usage without a name, refused when a file cannot be read; RefusedInput when one cannot be decoded
 */
export function readManifests(
  command: string,
  names: readonly string[],
  options: InputOptions,
): { input: Input; manifests: LoadedManifests } {
  if (options.before === undefined) expectNames(command, names);
  const input = readInput(names, options);
  const manifests = loadManifests(input.files);
  const errors = errorsOf(manifests);
  if (errors.length > 0) throw new RefusedInput(errors);
  return { input, manifests };
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

/** Settings with what the command line says on top. */
export function withFlags(
  settings: ScenarioSettings,
  flags: {
    readonly seed?: string | undefined;
    readonly speed?: number | undefined;
    readonly 'cloud-delay'?: number | undefined;
    readonly addon: readonly string[];
  },
): ScenarioSettings {
  return {
    ...settings,
    seed: flags.seed ?? settings.seed,
    clock: { speed: flags.speed ?? settings.clock.speed },
    cloud: { ...settings.cloud, delay: flags['cloud-delay'] ?? settings.cloud.delay },
    addons: [...new Set([...settings.addons, ...flags.addon])],
  };
}

/** `3 s`, for sentences; minutes from two on. */
export function seconds(milliseconds: number): string {
  const rounded = Math.max(0, Math.ceil(milliseconds / 1000));
  return rounded < 120 ? `${rounded} s` : formatDuration(rounded * 1000);
}

/** A number where it is one: what was given as `--seed 7` is told as 7. */
export function seedOf(seed: string): string | number {
  return /^(0|[1-9]\d{0,14})$/.test(seed) ? Number(seed) : seed;
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
