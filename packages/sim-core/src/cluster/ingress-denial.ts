import { withoutPrefix } from '../ingress-nginx/annotations/define-annotation.ts';
import { groupOf } from '../ingress-nginx/annotations/groups.ts';
import { annotationNamed } from '../ingress-nginx/annotations/index.ts';
import { unsupportedIn } from '../ingress-nginx/nginx/pcre.ts';
import type { Path } from '../manifest/document.ts';

/** What a refusal by ingress-nginx' webhook is about. */
export interface DenialPlace {
  readonly path: Path;
  /** Whether the key is wrong, not the value. */
  readonly isKey?: boolean;
  /** What to do next. */
  readonly hint?: string | undefined;
}

/** An Ingress as it was written: nothing of it is certain. */
interface Written {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, unknown>> | null } | null;
  readonly spec?: {
    readonly rules?: readonly ({
      host?: unknown;
      http?: { paths?: readonly ({ path?: unknown } | null)[] } | null;
    } | null)[];
  } | null;
}

const DENIED = /^admission webhook "[^"]*" denied the request: ([\s\S]*)$/;

type Reader = (words: readonly string[], ingress: Written) => DenialPlace | undefined;

/** What the webhook says, and where that stands (ingress-nginx/admission/check-ingress.ts). */
const REFUSALS: readonly (readonly [RegExp, Reader])[] = Object.freeze<(readonly [RegExp, Reader])[]>([
  [/^annotation (\S+) contains invalid value$/, ([name = '']) => ({ path: annotation(name), hint: exampleOf(name) })],
  [/^(\S+) annotation contains invalid word /, ([name = '']) => ({ path: annotation(name) })],
  [
    /^(\S+) annotation cannot be used\. Snippet/,
    ([name = '']) => ({ path: annotation(name), isKey: true, hint: SNIPPETS }),
  ],
  [/^annotation group (\S+) contains risky/, ([group = ''], ingress) => riskyAnnotation(group, ingress)],
  [/^ingress contains invalid paths: path (.*) cannot be used with pathType (\w+)/, invalidPath],
  [/^host "(.*)" and path "(.*)" is already defined in ingress /, takenPath],
  [/^invalid object: .*invalid value found: ([\s\S]*)$/, ([value = ''], ingress) => placeOfValue(value, ingress)],
  [/^this deployment is trying to create a catch-all/, () => ({ path: ['spec', 'defaultBackend'], isKey: true })],
]);

/** Where what a webhook refused stands in an Ingress; undefined for what no webhook of ingress-nginx says. */
export function placeOfDenial(message: string, ingress: object): DenialPlace | undefined {
  const said = DENIED.exec(message)?.[1];
  if (said === undefined) return undefined;
  for (const [pattern, read] of REFUSALS) {
    const match = pattern.exec(said);
    if (match !== null) return read(match.slice(1), ingress);
  }
  return undefined;
}

const SNIPPETS =
  'Snippets need allow-snippet-annotations: "true" and annotations-risk-level: Critical in the ConfigMap of the controller.';

function annotation(name: string): Path {
  return ['metadata', 'annotations', name];
}

function exampleOf(name: string): string | undefined {
  const known = annotationNamed(withoutPrefix(name));
  return known === undefined ? undefined : `For example: ${name}: ${JSON.stringify(known.example)}`;
}

const RISKS: readonly string[] = Object.freeze(['Low', 'Medium', 'High', 'Critical']);

/** The riskiest annotation of a group. */
function riskyAnnotation(group: string, { metadata }: Written): DenialPlace | undefined {
  const written = Object.keys(metadata?.annotations ?? {}).flatMap((name) => {
    const known = name.includes('/') ? annotationNamed(withoutPrefix(name)) : undefined;
    return known !== undefined && groupOf(known.name) === group ? [{ name, risk: known.risk }] : [];
  });
  const [worst] = written.sort((a, b) => RISKS.indexOf(b.risk) - RISKS.indexOf(a.risk));
  if (worst === undefined) return undefined;
  const hint = `Its risk is ${worst.risk}: the ConfigMap of the controller has to allow it (annotations-risk-level).`;
  return { path: annotation(worst.name), isKey: true, hint };
}

function invalidPath([path = '', pathType]: readonly string[], ingress: Written): DenialPlace | undefined {
  const found = pathsOf(ingress).find((each) => each.written === path);
  if (found === undefined) return undefined;
  const unsupported = unsupportedIn(`^${path}`);
  const hint =
    pathType !== 'ImplementationSpecific'
      ? 'A path that is a regular expression needs pathType: ImplementationSpecific, and the annotation use-regex.'
      : `A real cluster takes it; here it is refused for its ${unsupported ?? 'regular expression'}.`;
  return { path: [...found.at, 'path'], hint };
}

function takenPath([host, path]: readonly string[], ingress: Written): DenialPlace | undefined {
  const found = pathsOf(ingress).find((each) => (each.host || '_') === host && (each.written || '/') === path);
  if (found === undefined) return undefined;
  const names = Object.keys(ingress.metadata?.annotations ?? {});
  const meant = names.find((name) => withoutPrefix(name).startsWith('canary-'));
  const prefix = meant?.slice(0, meant.lastIndexOf('/') + 1);
  const hint = meant === undefined ? undefined : `If it is to be a canary, write ${prefix}canary: "true".`;
  return { path: [...found.at, 'path'], hint };
}

function pathsOf({ spec }: Written): { host: unknown; written: unknown; at: Path }[] {
  return (spec?.rules ?? []).flatMap((rule, i) =>
    (rule?.http?.paths ?? []).map((each, j) => ({
      host: rule?.host,
      written: each?.path,
      at: ['spec', 'rules', i, 'http', 'paths', j],
    })),
  );
}

/** The first place below `spec` where a text stands. */
function placeOfValue(value: string, { spec }: Written): DenialPlace | undefined {
  const path = find(spec, ['spec'], value);
  return path && { path };
}

function find(node: unknown, path: Path, value: string): Path | undefined {
  if (node === value) return path;
  if (typeof node !== 'object' || node === null) return undefined;
  for (const [key, child] of Object.entries(node)) {
    const found = find(child, [...path, Array.isArray(node) ? Number(key) : key], value);
    if (found !== undefined) return found;
  }
  return undefined;
}
