import {
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
  tooLong,
} from '../../apimachinery/field-error.ts';
import { newInvalid } from '../../apimachinery/status-error.ts';
import type { FieldValidation } from '../decode-body.ts';
import { APPLY_PATCH } from '../patch/patch-types.ts';
import type { ResourceRequest } from '../resource-request.ts';

/** What the query of a write says. */
export interface WriteQuery {
  readonly dryRun: boolean;
  readonly fieldValidation: FieldValidation;
  readonly fieldManager: string;
}

/** Longest name of a manager, in bytes (FieldManagerMaxLength). */
const MAX_MANAGER = 128;

const VALIDATIONS: readonly FieldValidation[] = Object.freeze(['Ignore', 'Warn', 'Strict']);

/**
 * Reads dryRun, fieldValidation and fieldManager (k8s.io/apimachinery/pkg/apis/meta/v1/validation).
 * @param options kind of the options, for messages: CreateOptions, UpdateOptions, PatchOptions
 * @throws StatusError Invalid
 */
export function readWriteQuery(request: Pick<ResourceRequest, 'query' | 'http'>, options: string): WriteQuery {
  return readQuery(request, options, []);
}

/** What the query of a patch says. */
export interface PatchQuery extends WriteQuery {
  /** Server-side apply takes what others own. */
  readonly force: boolean;
}

/**
 * The query of a patch (ValidatePatchOptions).
 * @param type the patch's media type
 * @throws StatusError Invalid
 */
export function readPatchQuery(request: Pick<ResourceRequest, 'query' | 'http'>, type: string): PatchQuery {
  const { query } = request;
  const errors: FieldError[] = [];
  if (type !== APPLY_PATCH && query.get('force')) {
    errors.push(forbidden('force', 'may not be specified for non-apply patch'));
  }
  if (type === APPLY_PATCH && !query.get('fieldManager')) {
    errors.push(required('fieldManager', 'is required for apply patch'));
  }
  const force = !['', '0', 'false'].includes((query.get('force') ?? '').toLowerCase());
  return { ...readQuery(request, 'PatchOptions', errors), force };
}

function readQuery(
  { query, http }: Pick<ResourceRequest, 'query' | 'http'>,
  options: string,
  found: readonly FieldError[],
): WriteQuery {
  const dryRun = query.getAll('dryRun').filter((each) => each !== '');
  const unknown = dryRun.find((each) => each !== 'All');
  const validation = query.get('fieldValidation') || 'Warn';
  const manager = query.get('fieldManager') ?? '';
  const errors = [
    ...found,
    ...fieldManagerErrors(manager),
    ...(unknown === undefined ? [] : [notSupported('dryRun', unknown, ['All'])]),
    ...(isValidation(validation) ? [] : [notSupported('fieldValidation', validation, ['', ...VALIDATIONS])]),
  ];
  if (errors.length > 0) throw newInvalid({ group: 'meta.k8s.io', kind: options }, '', errors);
  return {
    dryRun: dryRun.length > 0,
    fieldValidation: validation as FieldValidation,
    fieldManager: manager || managerOf(http.headers['user-agent'] ?? ''),
  };
}

function isValidation(text: string): text is FieldValidation {
  return (VALIDATIONS as readonly string[]).includes(text);
}

const UTF8 = new TextEncoder();
const NOT_PRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

/** ValidateFieldManager */
function fieldManagerErrors(manager: string): FieldError[] {
  const errors: FieldError[] = [];
  if (UTF8.encode(manager).length > MAX_MANAGER) errors.push(tooLong('fieldManager', manager, MAX_MANAGER));
  let position = 0;
  for (const rune of manager) {
    if (NOT_PRINTABLE.test(rune)) {
      const code = (rune.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
      errors.push(invalid('fieldManager', manager, `invalid character U+${code} (at position ${position})`));
    }
    position += UTF8.encode(rune).length;
  }
  return errors;
}

/** The program's name: what stands before the first slash of its User-Agent (`prefixFromUserAgent`). */
function managerOf(userAgent: string): string {
  let name = '';
  for (const rune of userAgent.split('/')[0] as string) {
    if (NOT_PRINTABLE.test(rune)) continue;
    if (UTF8.encode(name + rune).length > MAX_MANAGER) break;
    name += rune;
  }
  return name;
}
