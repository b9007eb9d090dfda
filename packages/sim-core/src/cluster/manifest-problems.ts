import type { DecodeError } from '../apimachinery/schema/decode-error.ts';
import type { StructType } from '../apimachinery/schema/types.ts';
import type { StatusCause, StatusError } from '../apimachinery/status-error.ts';
import { UndecodableError } from '../kube-apiserver/decode.ts';
import { UnknownKindError } from '../kube-apiserver/unknown-kind.ts';
import type { ManifestDocument, Path } from '../manifest/document.ts';
import { formatFieldPath, parseFieldPath, valueAt } from '../manifest/field-path.ts';
import type { SourceMap } from '../manifest/source-map.ts';
import { decodeHint } from './decode-hint.ts';
import { fieldHint } from './field-hint.ts';
import { placeOfDenial } from './ingress-denial.ts';
import { oldIngressHint } from './old-backend.ts';

/** Why an object was refused, or one cause of several, at its place in the user's files. */
export interface ApplyProblem {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
  readonly file: string;
  /** Number of the document in its file, from 0. */
  readonly document: number;
  readonly line?: number;
  readonly column?: number;
  /** What to do next. */
  readonly hint?: string;
}

/** Every cause of a refusal, at its place in the user's files. */
export function problemsOf(error: StatusError, document: ManifestDocument, sources: SourceMap): ApplyProblem[] {
  return causesOf(error, document).map(({ reason, message, field, path, isKey, hint }) => ({
    reason: reason ?? error.status.reason ?? 'Invalid',
    message,
    field,
    ...placeOf(document, path, isKey === true, sources),
    ...(hint === undefined ? {} : { hint }),
  }));
}

function placeOf(
  document: ManifestDocument,
  path: Path,
  isKey: boolean,
  sources: SourceMap,
): Pick<ApplyProblem, 'file' | 'document' | 'line' | 'column'> {
  const { file, index, line } = document;
  const position = isKey ? sources.locateKey(document, path) : sources.locate(document, path);
  return position === undefined
    ? { file, document: index, line }
    : { file, document: index, line: position.line, column: position.column };
}

/** One cause of a refusal, and where it stands in the object. */
interface Cause {
  readonly reason?: string;
  readonly message: string;
  readonly field: string;
  readonly path: Path;
  /** Whether the key is wrong, not the value. */
  readonly isKey?: boolean;
  readonly hint?: string | undefined;
}

/** The causes of a refusal with their fields, in the server's order; the whole refusal where it names none. */
function causesOf(error: StatusError, document: ManifestDocument): Cause[] {
  if (error instanceof UndecodableError) return error.errors.map((each) => decodeCause(each, error.type, document));
  // A cause without a field says no more than the whole.
  const causes = (error.status.details?.causes ?? [])
    .filter(({ field = '' }) => field !== '')
    .map((cause) => fieldCause(cause, document));
  if (causes.length > 0) return causes;
  const message = error.status.message ?? error.message;
  const denial = placeOfDenial(message, document.value);
  if (denial !== undefined) return [{ message, field: formatFieldPath(denial.path), ...denial }];
  if (!(error instanceof UnknownKindError)) return [{ message, field: '', path: ['kind'] }];
  return [{ message, field: '', path: [error.field], hint: unknownKindHint(error, document) }];
}

/** An Ingress of an old version has fields of that version: both are told at once. */
function unknownKindHint({ hint }: UnknownKindError, { value }: ManifestDocument): string | undefined {
  const fields = value.kind === 'Ingress' ? oldIngressHint(value) : undefined;
  return hint === undefined || fields === undefined ? hint : `${hint}; ${fields}`;
}

function decodeCause(error: DecodeError, type: StructType | undefined, document: ManifestDocument): Cause {
  const { message, field, path, reason } = error;
  const hint = type && decodeHint(error, type, document.value);
  return { reason: 'BadRequest', message, field, path, isKey: reason === 'UnknownField', hint };
}

function fieldCause({ message = '', field = '', reason }: StatusCause, { value }: ManifestDocument): Cause {
  const path = field === '' ? ['kind'] : parseFieldPath(field);
  return {
    ...(reason === undefined ? {} : { reason }),
    message: field ? `${field}: ${message}` : message,
    field,
    path,
    hint: fieldHint(field, valueAt(value, path)),
  };
}
