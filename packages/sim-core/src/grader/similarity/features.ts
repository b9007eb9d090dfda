import { DEFAULT_LIMITS, isFields, type ManifestDocument, type Path } from '../../manifest/document.ts';
import { createSourceMap } from '../../manifest/source-map.ts';
import { decodeText } from '../../manifest/text.ts';
import { type ChosenNames, namesIn, neutral, withoutNames } from './neutral.ts';

/** One thing that a submission says: the same for two that differ in names, hosts and order only. */
export interface Feature {
  /** `Deployment spec.replicas: 2`, or a comment. */
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

/** A file of a submission. */
export interface FeatureFile {
  readonly path: string;
  readonly text: string | Uint8Array;
}

/** Fields that servers write into dumps: shared by everybody who dumped. */
const SERVER_OWNED =
  /^[A-Za-z]+ (status\b|metadata\.(uid|resourceVersion|creationTimestamp|generation|managedFields|selfLink|ownerReferences)\b|metadata\.annotations\.(kubectl|deployment)\.kubernetes\.io)/;

/** Most that is taken of one submission. */
const MOST = 2_000;

/**
 * What a submission says, leaf by leaf, and the comments in it. Names, namespaces and hosts that the student chose are taken out,
 * and so is the order of lists and objects.
 */
export function featuresOf(files: readonly FeatureFile[], documents: readonly ManifestDocument[]): Feature[] {
  const sources = createSourceMap(files.map(({ path, text }) => ({ file: path, text })));
  const names = namesIn(documents.map(({ value }) => value));
  const found: Feature[] = [];
  for (const document of documents) {
    for (const { path, value } of leavesOf(document.value)) {
      if (found.length >= MOST) return found;
      const text = `${document.value.kind} ${pathWords(path)}: ${neutral(value, names)}`;
      if (SERVER_OWNED.test(text) || isGiven(path)) continue;
      const position = sources.locateField(document, path);
      found.push({ text, file: document.file, line: position?.line ?? document.line });
    }
  }
  return [...found, ...files.flatMap((file) => commentsOf(file, names))].slice(0, MOST);
}

/** What every object says of itself. */
function isGiven([first, second]: Path): boolean {
  return (
    first === 'apiVersion' ||
    first === 'kind' ||
    (first === 'metadata' && (second === 'name' || second === 'namespace'))
  );
}

interface Leaf {
  readonly path: Path;
  readonly value: string | number | boolean | null;
}

function* leavesOf(value: unknown, path: Path = []): Generator<Leaf> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* leavesOf(item, [...path, index]);
  else if (isFields(value)) for (const [key, child] of Object.entries(value)) yield* leavesOf(child, [...path, key]);
  else yield { path, value: value as Leaf['value'] };
}

function pathWords(path: Path): string {
  return path
    .map((segment) => (typeof segment === 'number' ? '[]' : segment))
    .join('.')
    .replaceAll('.[]', '[]');
}

/** Comments are nobody's task: two who share one have read the same text. */
function commentsOf({ path, text }: FeatureFile, names: ChosenNames): Feature[] {
  const decoded = decodeText(text, DEFAULT_LIMITS);
  return decoded.text.split(/\r\n|[\n\r]/).flatMap((line, index): Feature[] => {
    const comment = /(?:^|\s)#\s*(.*\S)\s*$/.exec(line)?.[1]?.replace(/\s+/g, ' ').toLowerCase();
    return comment === undefined || comment.length < 4
      ? []
      : [{ text: `# ${withoutNames(comment, names)}`, file: path, line: index + 1 }];
  });
}
