import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * Comments of kubernetes-types (Kubernetes v1.30), which keep two things that the client loses: what is said of fields that
 * hold another type, and where lines break.
 */
const TYPES = new URL('../../node_modules/kubernetes-types/', import.meta.url);

/** Comments of a type by field; '' is the type itself. */
export type Comments = ReadonlyMap<string, string>;

/** Comments by client class (`V1Pod`, `CoreV1Event`); empty for those that v1.30 did not have. */
export type OlderComments = (model: string) => Comments;

const NONE: Comments = new Map();

/** Reads every version of every group once. Throws when the package is missing. */
export function readOlderComments(): OlderComments {
  if (!existsSync(TYPES)) throw new Error(`${TYPES.pathname} is missing: install the development dependencies`);
  const groups = readdirSync(TYPES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = new Map(
    groups.flatMap(({ name }) =>
      readdirSync(new URL(`${name}/`, TYPES)).map((file) => [
        `${name}/${file.replace('.d.ts', '')}`,
        readInterfaces(readFileSync(new URL(`${name}/${file}`, TYPES), 'utf8')),
      ]),
    ),
  );
  return (model) => {
    const [, group, version = '', name = ''] = /^([A-Z][a-z]+)?V(\d)(\w+)$/.exec(model) ?? [];
    const paths = [...files.keys()].filter((path) =>
      group === undefined ? path.endsWith(`/v${version}`) : path === `${group.toLowerCase()}/v${version}`,
    );
    const found = paths.flatMap((path) => files.get(path)?.get(name) ?? []);
    return found[0] ?? NONE;
  };
}

function readInterfaces(source: string): ReadonlyMap<string, Comments> {
  const found = source.matchAll(
    /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?export interface (\w+)[^{\n]*\{\n([\s\S]*?)\n\}/g,
  );
  return new Map([...found].map(([, comment = '', name = '', body = '']) => [name, readMembers(comment, body)]));
}

function readMembers(comment: string, body: string): Comments {
  const members = body.matchAll(/ {4}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {4}"?([^\s"?:]+)"?\??:/g);
  return new Map([
    ['', textOf(comment)],
    ...[...members].map(([, text = '', name = '']) => [name, textOf(text)] as const),
  ]);
}

/** One line stands as it is; several begin with a star each. */
function textOf(comment: string): string {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, ''));
  return (lines.length === 1 ? comment : lines.join('\n')).trim().replaceAll('*\\/', '*/');
}
