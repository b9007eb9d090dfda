import { formatDuration } from '../../apimachinery/duration.ts';
import { INGRESS_NGINX_ADDON, readSettings, SANDBOX_API_VERSION, type ScenarioSettings } from '../../index.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import type { ManifestDocument } from '../../manifest/document.ts';
import { parseFieldPath } from '../../manifest/field-path.ts';
import { formatProblem, type ManifestProblem } from '../../manifest/problem.ts';
import { createSourceMap } from '../../manifest/source-map.ts';
import type { InputFile } from '../input.ts';

/** The name under which the add-on's own objects are reported. */
export const ADDON_FILE = 'addon/ingress-nginx.yaml';

/** What a run starts from: objects for the API server, and the settings of the Scenario document. */
export interface LoadedManifests {
  readonly documents: readonly ManifestDocument[];
  readonly settings: ScenarioSettings;
  /** Printable, each with its place; with errors nothing may start. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** Decodes files and takes our own documents out of them. */
export function loadManifests(files: readonly InputFile[]): LoadedManifests {
  const decoded = files.map(({ file, bytes }) => decodeManifests(file, bytes));
  const problems = decoded.flatMap(({ problems: each }) => skipInFolders(each, files.length));
  const documents = decoded.flatMap((each) => [...each.documents]);
  const own = documents.filter(({ value }) => value.apiVersion.startsWith('sandbox.k8s-ingress.dev/'));
  const { settings, errors } = readOwn(own, files);
  return {
    documents: documents.filter((document) => !own.includes(document)),
    settings,
    errors: [...problems.filter(({ severity }) => severity === 'error').map(formatProblem), ...errors],
    warnings: problems.filter(({ severity }) => severity === 'warning').map(formatProblem),
  };
}

/** Documents of the add-ons that the settings ask for. */
export function addonDocuments(settings: ScenarioSettings): readonly ManifestDocument[] {
  return settings.addons.includes('ingress-nginx') ? decodeManifests(ADDON_FILE, INGRESS_NGINX_ADDON).documents : [];
}

/** A kustomization.yaml beside manifests is no mistake: folders of manifests have one. */
function skipInFolders(problems: readonly ManifestProblem[], files: number): ManifestProblem[] {
  return problems.filter(({ reason }) => files === 1 || reason !== 'Kustomization');
}

function readOwn(
  own: readonly ManifestDocument[],
  files: readonly InputFile[],
): { settings: ScenarioSettings; errors: string[] } {
  const errors: string[] = [];
  const scenarios = own.filter((document) => {
    const known = document.value.apiVersion === SANDBOX_API_VERSION && document.value.kind === 'Scenario';
    if (!known) errors.push(unknownOwn(document));
    return known;
  });
  const [scenario, second] = scenarios;
  if (second !== undefined)
    errors.push(
      `${second.file}:${second.line}: a second Scenario document; a run takes one\n  Remove it, or run the files one at a time.`,
    );
  const { settings, problems } = readSettings(scenario?.value ?? {});
  if (scenario !== undefined && problems.length > 0) {
    const sources = createSourceMap(files.map(({ file, bytes }) => ({ file, text: bytes })));
    for (const { field, message } of problems) {
      const position = sources.locateKey(scenario, parseFieldPath(field));
      errors.push(
        `${scenario.file}:${position?.line ?? scenario.line}:${position?.column ?? 1}: Scenario ${field}: ${message}`,
      );
    }
  }
  return { settings, errors };
}

function unknownOwn({ file, line, value }: ManifestDocument): string {
  if (value.kind === 'Exercise') return `${file}:${line}: an Exercise is for the grader, which is not there yet`;
  return `${file}:${line}: no kind "${value.kind}" in ${value.apiVersion}; a sandbox knows Scenario in ${SANDBOX_API_VERSION}`;
}

/** Settings with what the command line says on top. */
export function withFlags(
  settings: ScenarioSettings,
  flags: {
    seed?: string | undefined;
    speed?: number | undefined;
    'cloud-delay'?: number | undefined;
    addon: readonly string[];
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

/** `3s`, for sentences. */
export function seconds(milliseconds: number): string {
  return formatDuration(Math.max(0, Math.round(milliseconds / 1000) * 1000));
}

/** A number where it is one: what was given as `--seed 7` is told as 7. */
export function seedOf(seed: string): string | number {
  return /^(0|[1-9]\d{0,14})$/.test(seed) ? Number(seed) : seed;
}

/** A refused document, with its place and what to do. */
export function formatRefusal({
  file,
  line,
  column,
  message,
  hint,
}: {
  file: string;
  line?: number;
  column?: number;
  message: string;
  hint?: string;
}): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return `${place}: ${message}${hint === undefined ? '' : `\n  ${hint}`}`;
}
