import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { parseSync } from 'vite';

/** A node of the syntax tree (ESTree with TypeScript, as oxc makes it); the checks look at few of its fields. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** One `import`, `export … from` or `import()` of a module. */
export interface Import {
  /** As written: `./clock.ts`, `node:fs`, `express`. */
  readonly specifier: string;
  /** Erased by the compiler. */
  readonly typeOnly: boolean;
  readonly start: number;
}

export interface Module {
  /** From the project's root, with slashes: `packages/sim-core/src/sim/clock.ts`. */
  readonly path: string;
  readonly text: string;
  readonly program: Node;
  readonly imports: readonly Import[];
}

/** Something that a check found, at its place. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** @throws when the file is no valid TypeScript */
export function parseModule(path: string, text: string): Module {
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const root = program as unknown as Node;
  return { path, text, program: root, imports: findImports(root) };
}

/** Every TypeScript module of the packages' sources, tests included. */
export function readModules(root: string): Module[] {
  return ['sim-core', 'sim-ui'].flatMap((name) => {
    const folder = join(root, 'packages', name, 'src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
    return files.sort().map((file) => {
      const path = join(folder, file);
      return parseModule(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'));
    });
  });
}

/** Tests, and what only tests use, may look everywhere. */
export function isTest(path: string): boolean {
  return /\.(test|bench)\.tsx?$|\/(test|testing|e2e)\//.test(path);
}

/** The path of the module that a relative import means, or undefined for a package or a built-in. */
export function resolveImport(from: Module, { specifier }: Import): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from.path), specifier) : undefined;
}

export function findingAt({ path, text }: Module, start: number, message: string): Finding {
  const before = text.slice(0, start);
  return { path, line: before.split('\n').length, column: start - before.lastIndexOf('\n'), message };
}

/** The nodes directly below one, in the order of the text. */
export function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function findImports(node: Node): Import[] {
  const below = childrenOf(node).flatMap(findImports);
  const specifier = (node.source as Node | null | undefined)?.value;
  if (typeof specifier !== 'string') return below;
  return [{ specifier, typeOnly: isTypeOnly(node), start: node.start }, ...below];
}

function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true;
  const specifiers = (node.specifiers ?? []) as Node[];
  return specifiers.length > 0 && specifiers.every((one) => one.importKind === 'type' || one.exportKind === 'type');
}
