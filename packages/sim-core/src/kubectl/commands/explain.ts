import type { KubectlCommand, KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { at, isObject, object, objects, text, texts } from '../json.ts';
import { failure, KubectlError, usageError } from '../kubectl-error.ts';

/** `kubectl explain` from the server's OpenAPI v3 (kubectl/pkg/explain/v2/templates/plaintext.tmpl). */
export const explain: KubectlCommand = {
  flags: {
    recursive: { type: 'bool' },
    'api-version': { type: 'string', default: '' },
    output: { type: 'string', short: 'o', default: 'plaintext' },
  },
  async run(context) {
    const { args, flags } = context;
    if (args.length === 0)
      throw usageError(
        'explain',
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    if (args.length > 1) throw usageError('explain', 'We accept only this format: explain RESOURCE');
    const [word = '', ...path] = (args[0] as string).split('.');
    const mapper = await context.mapper();
    const wanted = flags.text('api-version');
    const own = mapper.resources.find((each) => each === mapper.find(word) && wanted === '');
    const resource =
      own ??
      mapper.resources.find(
        (each) =>
          mapper.find(word)?.name === each.name &&
          `${each.group === '' ? '' : `${each.group}/`}${each.version}` === wanted,
      );
    if (resource === undefined) throw new KubectlError(`the server doesn't have a resource type "${word}"`);
    const { group, version, kind } = resource;
    const schemas = await schemasOf(context, group, version);
    const root = Object.values(schemas).find((each) => isObject(each) && isKind(each, group, version, kind));
    if (!isObject(root)) throw failure(`couldn't find resource for "${group}/${version}, Kind=${kind}"`);
    const lines = [
      ...(group === '' ? [] : [`GROUP:      ${group}`]),
      `KIND:       ${kind}`,
      `VERSION:    ${version}`,
      '',
    ];
    context.environment.stdout(`${[...lines, ...explained(schemas, root, path, flags.is('recursive'))].join('\n')}\n`);
    return 0;
  },
};

async function schemasOf({ client }: KubectlContext, group: string, version: string): Promise<JsonObject> {
  const index = await client.send({ method: 'GET', path: '/openapi/v3' });
  const key = group === '' ? `api/${version}` : `apis/${group}/${version}`;
  const url = text(at(index, 'paths', key), 'serverRelativeURL');
  return object(await client.send({ method: 'GET', path: url }), 'components', 'schemas');
}

function isKind(schema: JsonObject, group: string, version: string, kind: string): boolean {
  return objects(schema, 'x-kubernetes-group-version-kind').some(
    (each) => text(each, 'group') === group && text(each, 'version') === version && text(each, 'kind') === kind,
  );
}

/** Follows references; their own description is kept. */
function resolved(schemas: JsonObject, schema: JsonObject): JsonObject {
  const [first] = objects(schema, 'allOf');
  const reference = text(schema, '$ref') || text(first, '$ref');
  if (reference === '') return schema;
  const target = object(schemas, reference.split('/').at(-1) ?? '');
  const description = text(schema, 'description') || text(target, 'description');
  return { ...target, description, 'x-name': reference.split('.').at(-1) ?? '' };
}

function typeName(schemas: JsonObject, schema: JsonObject): string {
  const full = resolved(schemas, schema);
  if (text(full, 'x-name') !== '')
    return Object.keys(object(full, 'properties')).length > 0 || text(full, 'type') === 'object'
      ? text(full, 'x-name')
      : text(full, 'x-name');
  if (text(full, 'type') === 'array') return `[]${typeName(schemas, object(full, 'items'))}`;
  if (isObject(full['additionalProperties'])) return `map[string]${typeName(schemas, full['additionalProperties'])}`;
  return text(full, 'type') || 'Object';
}

/** The schema that holds the fields: of a list its items, of a map its values. */
function inner(schemas: JsonObject, schema: JsonObject): JsonObject {
  const full = resolved(schemas, schema);
  if (text(full, 'type') === 'array') return inner(schemas, object(full, 'items'));
  return isObject(full['additionalProperties']) ? inner(schemas, full['additionalProperties']) : full;
}

function explained(schemas: JsonObject, root: JsonObject, path: readonly string[], recursive: boolean): string[] {
  let schema = root;
  let field: { name: string; schema: JsonObject } | undefined;
  for (const name of path) {
    const properties = object(inner(schemas, schema), 'properties');
    if (!isObject(properties[name])) throw failure(`field "${name}" does not exist`);
    schema = properties[name];
    field = { name, schema };
  }
  const full = inner(schemas, schema);
  const head =
    field === undefined
      ? []
      : [`FIELD: ${field.name} <${typeName(schemas, field.schema)}>`, ...enumLines(field.schema), '', ''];
  const own = text(resolved(schemas, schema), 'description');
  const deep = text(full, 'description');
  const description = own === '' ? ['<empty>'] : wrapped(own, 4);
  const further = field !== undefined && deep !== '' && deep !== own ? wrapped(deep, 4) : [];
  const fields = fieldLines(schemas, full, recursive, 2);
  return [
    ...head,
    'DESCRIPTION:',
    ...description,
    ...further,
    ...(fields.length > 0 ? ['    ', 'FIELDS:', ...fields] : ['    ']),
    '',
  ];
}

function fieldLines(schemas: JsonObject, schema: JsonObject, recursive: boolean, indent: number, depth = 0): string[] {
  const required = texts(schema, 'required');
  const properties = object(schema, 'properties');
  return Object.keys(properties)
    .sort()
    .flatMap((name) => {
      const property = object(properties, name);
      const enums = enumLines(property, indent);
      const head = `${' '.repeat(indent)}${name}\t<${typeName(schemas, property)}>${required.includes(name) ? ' -required-' : ''}`;
      if (recursive) {
        const below = depth < 10 ? fieldLines(schemas, inner(schemas, property), true, indent + 2, depth + 1) : [];
        return [head, ...enums, ...(enums.length > 0 ? [''] : []), ...below];
      }
      const description = text(resolved(schemas, property), 'description');
      return [
        head,
        ...enums,
        ...(description === '' ? ['    <no description>'] : wrapped(description, indent + 2)),
        '',
      ];
    });
}

/** Lines of at most 80 columns. */
function wrapped(description: string, indent: number): string[] {
  const width = 80 - indent;
  return description.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line].map((each) => ' '.repeat(indent) + each);
  });
}

/** The values that a field may have. */
function enumLines(schema: JsonObject, indent = 0): string[] {
  const values = texts(schema, 'enum');
  return values.length === 0 ? [] : [`${' '.repeat(indent)}enum: ${values.join(', ')}`];
}
