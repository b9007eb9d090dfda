import { formatFieldPath } from './field-path.ts';
import type { Finding, ManifestProblemReason } from './problem.ts';
import type { ManifestValue, ValueContext } from './values.ts';

type Severity = 'error' | 'warning' | undefined;

/** Something that was to be replaced before the manifest is used, and how bad it is in which context. */
interface Placeholder {
  readonly reason: ManifestProblemReason;
  readonly pattern: RegExp;
  /** Only for these fields. */
  readonly fields?: readonly string[];
  readonly severity: Readonly<Partial<Record<ValueContext, Severity>>>;
  describe(where: string, found: string): string;
  readonly hint?: string;
}

const stillHolds = (where: string, found: string) => `${where} still holds the placeholder ${found}`;
const notFilled = (what: string) => (where: string, found: string) => `${where} holds ${found}, ${what}`;

const IN_FIELDS = Object.freeze({ field: 'error', label: 'error' } as const);
const UNMISTAKABLE = Object.freeze({ field: 'error', label: 'error', annotation: 'error', text: 'warning' } as const);
const IN_DOUBT = Object.freeze({ field: 'error', label: 'warning', annotation: 'warning', text: 'warning' } as const);

/** The first that matches names the value. */
const PLACEHOLDERS: readonly Placeholder[] = Object.freeze([
  {
    reason: 'HelmTemplate',
    pattern:
      /\{\{-?\s*(?:\.(?:Values|Release|Chart|Capabilities|Template|Files)\b|include\b|template\b|tpl\b)[^}]*\}?\}?/,
    severity: { ...IN_FIELDS, annotation: 'error' },
    describe: notFilled('which Helm is to fill in: this is a Helm template, not a manifest'),
    hint: 'Render it first, in the folder of Chart.yaml: helm template . > rendered.yaml, and use rendered.yaml.',
  },
  {
    reason: 'TemplateVariable',
    pattern: /\{\{[^}]*\}\}/,
    severity: IN_FIELDS,
    describe: notFilled('which a template engine is to fill in'),
    hint: 'Render it with the tool it belongs to (Helm, Ansible, Jinja …), or write the value in its place.',
  },
  {
    reason: 'ShellVariable',
    pattern: /\$\{[A-Za-z_][^}]*\}|\$[A-Z_][A-Z0-9_]+/,
    severity: IN_FIELDS,
    describe: notFilled('a variable that nobody fills in: kubectl does not'),
    hint: 'Fill it in first: envsubst < {file} > filled.yaml (with the variable exported), or write the value in its place.',
  },
  {
    reason: 'ShellVariable',
    pattern: /\$\([A-Za-z_][A-Za-z0-9_.-]*\)/,
    severity: IN_FIELDS,
    describe: notFilled("which Kubernetes expands only in a container's command, args and env"),
    hint: 'Write the value in its place.',
  },
  {
    reason: 'Placeholder',
    pattern: /\bYOUR[_-]\w[\w-]*|\b[A-Z0-9_]+_HERE\b|<\s*(?:your|YOUR|Your|insert|INSERT|replace|REPLACE)\b[^<>]*>/,
    severity: UNMISTAKABLE,
    describe: stillHolds,
  },
  {
    reason: 'Placeholder',
    pattern: /(?<![?(])<[A-Za-z][\w .-]*>|\b__[A-Z][A-Z0-9_]*__/,
    severity: IN_FIELDS,
    describe: stillHolds,
  },
  {
    reason: 'Placeholder',
    pattern: /^<[A-Za-z][\w .-]*>$/,
    severity: { annotation: 'error', text: 'warning' },
    describe: stillHolds,
  },
  {
    reason: 'Placeholder',
    pattern:
      /\bCHANGE[_-]?ME\b|\bREPLACE[_-]?(?:ME|WITH\w*)\b|\bREPLACE_[A-Z_]+|\bINSERT_[A-Z_]+|^(?:TODO|FIXME|TBD)\b.*|X{3,}(?:[./-]X+)*/,
    severity: IN_DOUBT,
    describe: stillHolds,
  },
  {
    reason: 'Placeholder',
    pattern: /^(?:\.\.\.|…)$/,
    severity: { field: 'error', label: 'error', annotation: 'warning' },
    describe: (where) => `the value of ${where} was left out ("...")`,
  },
  {
    reason: 'Placeholder',
    pattern: /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
    fields: ['host', 'hosts', 'hostname', 'externalName'],
    severity: IN_FIELDS,
    describe: stillHolds,
  },
  {
    reason: 'Placeholder',
    pattern: /\byour[-_.][a-z][\w.-]*/,
    fields: ['host', 'hosts', 'hostname', 'externalName', 'image'],
    severity: { field: 'warning' },
    describe: (where, found) => `${where} looks like a placeholder: ${found}`,
  },
]);

/** Quick test: may the text hold a placeholder? */
export const MAY_HOLD_PLACEHOLDER =
  /\{\{|\$[{(A-Z_]|[Yy][Oo][Uu][Rr][-_.]|_HERE\b|CHANGE|REPLACE|INSERT|TODO|FIXME|TBD|XXX|<[A-Za-z ]|\.\.\.|…|[A-Z]_[A-Z]|__[A-Z]/;

/** What to write instead, by the field's name. */
const ADVICE: Readonly<Record<string, string>> = Object.freeze({
  host: "Write the host name that clients will use, for example the load balancer's.",
  hosts: "Write the host name that clients will use, for example the load balancer's.",
  name: 'Write the name of your own object in its place.',
  number: 'Write the port of your Service in its place: a number, without quotes.',
  port: 'Write a port number in its place, without quotes.',
  targetPort: 'Write the port your container listens on in its place.',
  containerPort: 'Write the port your container listens on in its place.',
  image: 'Write the image of your container in its place, for example nginx:1.27.',
  secretName: 'Write the name of the Secret with the certificate in its place.',
});

/** Judges one value; texts of several lines in `text` context are programs and pages, and left alone. */
export function findPlaceholder({ path, text, node, context }: ManifestValue): Finding | undefined {
  if (text.length > 4_000 || (context === 'text' && text.includes('\n'))) return undefined;
  const field = String(path.findLast((segment) => typeof segment === 'string') ?? '');
  for (const placeholder of PLACEHOLDERS) {
    const severity = placeholder.severity[context];
    if (severity === undefined || placeholder.fields?.includes(field) === false) continue;
    const found = placeholder.pattern.exec(text)?.[0];
    if (found === undefined) continue;
    return {
      severity,
      reason: placeholder.reason,
      message: placeholder.describe(formatFieldPath(path), found),
      offset: node.start,
      hint:
        placeholder.hint ??
        (Object.hasOwn(ADVICE, field) ? ADVICE[field] : undefined) ??
        'Write the value in its place.',
    };
  }
  return undefined;
}
