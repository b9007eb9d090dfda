import { notSupported } from '../../apimachinery/field-error.ts';
import { newBadRequest, newInvalid } from '../../apimachinery/status-error.ts';
import { readBody } from '../decode-body.ts';
import { isTrue } from '../request-info.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import type { DeleteOptions } from '../write-options.ts';

const POLICIES: readonly string[] = Object.freeze(['Background', 'Foreground', 'Orphan']);

/** meta/v1 DeleteOptions as a request has them: in the body, or else in the query. */
export interface RequestedDeletion extends DeleteOptions {
  readonly dryRun: boolean;
}

/** @throws StatusError BadRequest, Invalid */
export function readDeleteOptions({ codec }: ServerParts, { http, query }: ResourceRequest): RequestedDeletion {
  if (http.body.length === 0) return checked(fromQuery(query));
  const { value } = readBody(codec.readers, 'DeleteOptions', http.body, http.headers['content-type'] ?? '');
  refuseOtherKind(value as { kind?: unknown; apiVersion?: unknown });
  return deleteOptionsOf(value);
}

/** Of the kinds with their options only these are known to the decoder. @throws StatusError BadRequest */
function refuseOtherKind({ kind, apiVersion }: { readonly kind?: unknown; readonly apiVersion?: unknown }): void {
  if (kind === undefined || kind === null || kind === '' || kind === 'DeleteOptions') return;
  if (typeof kind !== 'string') {
    const words =
      "couldn't get version/kind; json parse error: json: cannot unmarshal value into Go struct field .kind of type string";
    throw newBadRequest(words);
  }
  const version = typeof apiVersion === 'string' && apiVersion !== '' ? apiVersion : 'v1';
  const scheme = 'k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27';
  throw newBadRequest(`no kind "${kind}" is registered for version "${version}" in scheme "${scheme}"`);
}

/** Options that stand in a body. @throws StatusError BadRequest, Invalid */
export function deleteOptionsOf(value: unknown): RequestedDeletion {
  return checked(fromBody(value));
}

/** k8s.io/apimachinery/pkg/apis/meta/v1/validation ValidateDeleteOptions */
function checked(sent: SentOptions): RequestedDeletion {
  const { dryRun = [], propagationPolicy, gracePeriodSeconds, preconditions, orphanDependents } = sent;
  const unknown = dryRun.find((each) => each !== 'All');
  const errors = [
    ...(propagationPolicy !== undefined && !POLICIES.includes(propagationPolicy)
      ? [notSupported('propagationPolicy', propagationPolicy, [...POLICIES, 'nil'])]
      : []),
    ...(unknown === undefined ? [] : [notSupported('dryRun', unknown, ['All'])]),
  ];
  if (errors.length > 0) throw newInvalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', errors);
  const policy = propagationPolicy ?? (orphanDependents === true ? 'Orphan' : undefined);
  return {
    dryRun: dryRun.length > 0,
    ...(policy !== undefined && { propagationPolicy: policy as NonNullable<DeleteOptions['propagationPolicy']> }),
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    ...(preconditions !== undefined && { preconditions }),
  };
}

interface SentOptions {
  dryRun?: readonly string[];
  propagationPolicy?: string;
  gracePeriodSeconds?: number;
  orphanDependents?: boolean;
  preconditions?: DeleteOptions['preconditions'];
}

function fromQuery(query: URLSearchParams): SentOptions {
  const grace = query.get('gracePeriodSeconds');
  const policy = query.get('propagationPolicy');
  return {
    dryRun: query.getAll('dryRun').filter((each) => each !== ''),
    ...(policy && { propagationPolicy: policy }),
    ...(grace && { gracePeriodSeconds: wholeSeconds(grace) }),
    ...(query.has('orphanDependents') && { orphanDependents: isTrue(query.get('orphanDependents')) }),
  };
}

function wholeSeconds(text: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw newBadRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
}

function fromBody(value: unknown): SentOptions {
  const { dryRun, propagationPolicy, gracePeriodSeconds, orphanDependents, preconditions } = value as SentOptions;
  const isRight =
    isOptional(propagationPolicy, 'string') &&
    isOptional(gracePeriodSeconds, 'number') &&
    isOptional(orphanDependents, 'boolean') &&
    isOptional(preconditions, 'object') &&
    (dryRun == null || Array.isArray(dryRun));
  if (!isRight) {
    throw newBadRequest(
      'DeleteOptions in version "v1" cannot be handled as a DeleteOptions: json: cannot unmarshal value',
    );
  }
  return {
    ...(dryRun != null && { dryRun }),
    ...(propagationPolicy && { propagationPolicy }),
    ...(gracePeriodSeconds != null && { gracePeriodSeconds: Math.trunc(gracePeriodSeconds) }),
    ...(orphanDependents != null && { orphanDependents }),
    ...(preconditions != null && { preconditions }),
  };
}

function isOptional(value: unknown, type: 'string' | 'number' | 'boolean' | 'object'): boolean {
  return value === undefined || value === null || typeof value === type;
}
