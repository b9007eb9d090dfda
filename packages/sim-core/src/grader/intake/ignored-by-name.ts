/** Names of files that hold manifests. */
const MANIFEST = /\.(ya?ml|json)$/i;

/** A rule that tells by the path alone that a file is no manifest of the student. */
interface NameRule {
  readonly path: RegExp;
  readonly reason: string;
}

const RULES: readonly NameRule[] = Object.freeze([
  { path: /(^|\/)__MACOSX(\/|$)|(^|\/)\._[^/]*$/, reason: 'left behind by macOS (resource fork), not a manifest' },
  { path: /(^|\/)\.DS_Store$/, reason: 'left behind by macOS, not a manifest' },
  { path: /(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/i, reason: 'a GitHub Actions workflow, not a manifest' },
  { path: /(^|\/)\.gitlab-ci\.ya?ml$/i, reason: 'a GitLab CI pipeline, not a manifest' },
  { path: /(^|\/)\.[^/]/, reason: 'hidden (its name, or a folder of its path, begins with a dot)' },
  { path: /(^|\/)node_modules(\/|$)/, reason: 'belongs to a package in node_modules' },
  { path: /(^|\/)(docker-)?compose(\.[^/]*)?\.ya?ml$/i, reason: 'a Docker Compose file, not a manifest' },
  {
    path: /(^|\/)kustomization(\.ya?ml)?$/i,
    reason: 'a kustomization, a recipe for kustomize: the files beside it are used as they are',
  },
  { path: /(^|\/)Chart\.ya?ml$/i, reason: 'the description of a Helm chart, not a manifest' },
  { path: /(^|\/)(package|package-lock|tsconfig)\.json$/i, reason: 'a file of a Node.js project, not a manifest' },
]);

/** Endings that hide a manifest from every tool: what to do about it. */
const HIDDEN_ENDING =
  /\.(ya?ml|json)(\.(txt|bak|orig|old|swp|tmp|tpl|j2|docx?|rtf|pdf|save|disabled)|~|\.\d+| \(\d+\)| copy)$/i;

/**
 * Why a file is not looked at, by its path alone; undefined for one that has to be read.
 * @param path - cleaned, inside the submission
 */
export function ignoredByName(path: string): string | undefined {
  const rule = RULES.find((each) => each.path.test(path));
  if (rule !== undefined) return rule.reason;
  if (MANIFEST.test(path)) return undefined;
  const ending = HIDDEN_ENDING.exec(path)?.[0];
  if (ending === undefined) return 'no manifest: its name does not end in .yaml, .yml or .json';
  const name = path.slice(path.lastIndexOf('/') + 1, -ending.length) + (/^\.(ya?ml|json)/i.exec(ending)?.[0] ?? '');
  return `its name ends in ${ending.trimStart()}, so kubectl would not read it either: rename it to ${name}`;
}

/** Folders of which no file is ever used: they are told as one. */
const WHOLE = /^(.*?(?:^|\/)(?:\.git|node_modules|__MACOSX))(?:\/|$)/;

/** The path under which a file that is not used is told. */
export function toldAs(path: string): string {
  return WHOLE.exec(path)?.[1] ?? path;
}
