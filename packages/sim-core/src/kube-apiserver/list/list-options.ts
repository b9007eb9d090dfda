import {
  type FieldError,
  forbidden as fieldForbidden,
  notSupported as fieldNotSupported,
} from '../../apimachinery/field-error.ts';
import { newBadRequest, newInvalid } from '../../apimachinery/status-error.ts';
import { isTrue } from '../request-info.ts';

/** What a list or a watch asks for (meta/v1 ListOptions), read and checked. */
export interface ListOptions {
  /** undefined: the newest. */
  readonly resourceVersion: number | undefined;
  readonly resourceVersionMatch: string;
  readonly limit: number;
  readonly continue: string;
  readonly allowWatchBookmarks: boolean;
  readonly sendInitialEvents: boolean | undefined;
  /** Seconds until a watch is ended; undefined: the server decides. */
  readonly timeoutSeconds: number | undefined;
}

/**
 * Reads the query of a list or a watch (k8s.io/apimachinery/pkg/apis/meta/internalversion/validation).
 * @throws StatusError BadRequest, Invalid
 */
export function readListOptions(query: URLSearchParams, isWatch: boolean): ListOptions {
  const errors = isWatch ? watchErrors(query) : listErrors(query);
  if (errors.length > 0) throw newInvalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', errors);
  const version = query.get('resourceVersion') ?? '';
  return {
    resourceVersion: version === '' ? undefined : readVersion(version),
    resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
    limit: readInteger(query, 'limit') ?? 0,
    continue: query.get('continue') ?? '',
    allowWatchBookmarks: isTrue(query.get('allowWatchBookmarks')),
    sendInitialEvents: query.has('sendInitialEvents') ? isTrue(query.get('sendInitialEvents')) : undefined,
    timeoutSeconds: readInteger(query, 'timeoutSeconds'),
  };
}

function readVersion(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const why = /^\d+$/.test(text) ? 'value out of range' : 'invalid syntax';
  throw newBadRequest(
    `invalid resource version: resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": ${why}`,
  );
}

function readInteger(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw newBadRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
}

function watchErrors(query: URLSearchParams): FieldError[] {
  const match = query.get('resourceVersionMatch') ?? '';
  if (!query.has('sendInitialEvents')) {
    const message = 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided';
    return match === '' ? [] : [fieldForbidden('resourceVersionMatch', message)];
  }
  const errors: FieldError[] = [];
  if (match === '') {
    errors.push(
      fieldForbidden('resourceVersionMatch', 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'),
    );
  } else if (match !== 'NotOlderThan') {
    errors.push(fieldNotSupported('resourceVersionMatch', match, ['NotOlderThan']));
  }
  return errors;
}

function listErrors(query: URLSearchParams): FieldError[] {
  const match = query.get('resourceVersionMatch') ?? '';
  const version = query.get('resourceVersion') ?? '';
  const forbidden = (message: string) => [fieldForbidden('resourceVersionMatch', message)];
  if (query.has('sendInitialEvents')) {
    return [fieldForbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list')];
  }
  if (match === '') return [];
  if (version === '') return forbidden('resourceVersionMatch is forbidden unless resourceVersion is provided');
  if (query.get('continue')) return forbidden('resourceVersionMatch is forbidden when continue is provided');
  if (match !== 'Exact' && match !== 'NotOlderThan') {
    return [fieldNotSupported('resourceVersionMatch', match, ['Exact', 'NotOlderThan', ''])];
  }
  if (match === 'Exact' && version === '0') {
    return forbidden('resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
  }
  return [];
}
