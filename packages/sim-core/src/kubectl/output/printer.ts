import { goJson } from '../../apimachinery/go-json.ts';
import type { KubectlFlags } from '../flags.ts';
import type { JsonObject } from '../json.ts';
import { object, objects, text, withAt } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { customColumns } from './custom-columns.ts';
import { goYaml } from './go-yaml.ts';
import { jsonpath } from './jsonpath.ts';

/** Flags of everything that prints objects. */
export const OUTPUT_FLAGS = Object.freeze({
  output: { type: 'string', short: 'o', default: '' },
  template: { type: 'string', default: '' },
  'show-managed-fields': { type: 'bool' },
} as const satisfies KubectlFlags);

const ALLOWED =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml';

/** Prints one object, or a List. */
export type PrintObject = (value: JsonObject) => string;

/**
 * The printer that `-o` asks for; undefined for what people read (`''`, `wide`).
 * @param allowed the formats that the message names
 * @param nameOf `pod/web`, for `-o name`
 */
export function printerFor(
  format: string,
  nameOf: (value: JsonObject) => string,
  options: { managedFields?: boolean; headers?: boolean; allowed?: string } = {},
): PrintObject | undefined {
  const shown = (value: JsonObject) => (options.managedFields === true ? value : withoutManagedFields(value));
  const equals = format.search(/[=:]/);
  const [kind, argument] = equals < 0 ? [format, ''] : [format.slice(0, equals), format.slice(equals + 1)];
  switch (kind) {
    case '':
    case 'wide':
      return undefined;
    case 'json':
      return (value) => `${goJson(shown(value), 4)}\n`;
    case 'yaml':
      return (value) => goYaml(shown(value));
    case 'name':
      return (value) =>
        itemsOf(value)
          .map((each) => `${nameOf(each)}\n`)
          .join('');
    case 'jsonpath':
      if (argument === '') throw failure('template format specified but no template given');
      return (value) => templated(argument, value);
    case 'custom-columns':
      return (value) => customColumns(argument, itemsOf(value), options.headers !== false);
    default:
      if (
        /^(go-template|template|jsonpath-file|jsonpath-as-json|custom-columns-file|go-template-file|templatefile)$/.test(
          kind,
        )
      ) {
        throw failure(`this built-in kubectl has no -o ${kind}: use jsonpath or custom-columns`);
      }
      throw failure(
        `unable to match a printer suitable for the output format "${format}", allowed formats are: ${options.allowed ?? ALLOWED}`,
      );
  }
}

function templated(template: string, value: JsonObject): string {
  try {
    return jsonpath(template, value);
  } catch (error) {
    throw failure(`error parsing jsonpath ${template}, ${(error as Error).message}`);
  }
}

function itemsOf(value: JsonObject): readonly JsonObject[] {
  return text(value, 'kind').endsWith('List') && Array.isArray(value['items']) ? objects(value, 'items') : [value];
}

function withoutManagedFields(value: JsonObject): JsonObject {
  const own =
    'managedFields' in object(value, 'metadata') ? withAt(value, ['metadata', 'managedFields'], undefined) : value;
  return Array.isArray(own['items']) ? { ...own, items: objects(own, 'items').map(withoutManagedFields) } : own;
}
