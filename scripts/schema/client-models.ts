import { existsSync, readFileSync } from 'node:fs';

/** One property of a model, as the client's `attributeTypeMap` and its declaration file tell it. */
export interface ModelProperty {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly required: boolean;
  /** '' where the Go type has no comment. */
  readonly description: string;
}

interface Attribute {
  readonly name: string;
  readonly baseName: string;
  readonly type: string;
  readonly format: string;
}

const MODELS = new URL('../../node_modules/@kubernetes/client-node/dist/gen/models/', import.meta.url);

function read(file: string): string {
  const url = new URL(file, MODELS);
  if (!existsSync(url)) throw new Error(`${url.pathname} is missing: install the development dependencies`);
  return readFileSync(url, 'utf8');
}

function attributes(model: string): Attribute[] {
  const json = /\.attributeTypeMap = (\[[\s\S]*?\n\]);/.exec(read(`${model}.js`))?.[1];
  if (json === undefined) throw new Error(`${model}.js has no attributeTypeMap: was @kubernetes/client-node updated?`);
  return JSON.parse(json) as Attribute[];
}

/** The generator's escapes, undone: it writes the text of a JSON string into a comment. */
function unescapeComment(text: string): string {
  return text.replace(/\*_\//g, '*/').replace(/\/_\*/g, '/*').replace(/\\(.)/g, '$1').trim();
}

/** Comments by the name that they stand before. */
function descriptions(declarations: string): ReadonlyMap<string, string> {
  const found = declarations.matchAll(/\/\*\*\n\s*\* (.*)\n\s*\*\/\n(?:export declare class (\w+)| {4}'([^']+)')/g);
  return new Map([...found].map(([, text = '', model, field]) => [model ?? field ?? '', unescapeComment(text)]));
}

/** What the comment of a class says of it; '' without one. */
export function modelDescription(model: string): string {
  return descriptions(read(`${model}.d.ts`)).get(model) ?? '';
}

/** Whether the client has such a class. */
export function hasModel(model: string): boolean {
  return existsSync(new URL(`${model}.d.ts`, MODELS));
}

function requiredNames(model: string): ReadonlySet<string> {
  const declarations = read(`${model}.d.ts`).matchAll(/^ {4}'([^']+)'(\??):/gm);
  return new Set([...declarations].filter((match) => match[2] === '').map((match) => match[1] ?? ''));
}

/**
 * The properties of a class of @kubernetes/client-node, read from its text: importing the package needs Node 22.
 * Throws when the package is missing or looks different.
 */
export function readModel(model: string): ModelProperty[] {
  const required = requiredNames(model);
  const texts = descriptions(read(`${model}.d.ts`));
  return attributes(model).map(({ name, baseName, type, format }) => ({
    name: baseName,
    type,
    format,
    required: required.has(name),
    description: texts.get(name) ?? '',
  }));
}
