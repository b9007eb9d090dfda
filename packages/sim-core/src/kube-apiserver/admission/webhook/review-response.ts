import { goQuote } from '../../../apimachinery/go-syntax.ts';
import type { Review } from './admission-review.ts';
import { genericServerResponse } from './generic-response.ts';
import type { WebhookReply } from './transport.ts';

/** What a webhook has answered, checked. */
export interface ReviewResponse {
  readonly allowed: boolean;
  readonly warnings: readonly string[];
  /** The Status of a refusal, as it was sent. */
  readonly status: Readonly<Record<string, unknown>> | undefined;
  /** Base64 of a JSON patch; '' for none. */
  readonly patch: string;
}

/** A webhook that could not be asked, or has answered nonsense: its failure policy decides what becomes of the write. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads an answer as the API server's client does, and checks it (webhook/request/admissionreview.go,
 * VerifyAdmissionResponse).
 * @throws CallFailure
 */
export function readResponse(reply: WebhookReply, review: Review, url: string, isMutating: boolean): ReviewResponse {
  if ('failure' in reply) throw new CallFailure(`failed to call webhook: Post ${goQuote(url)}: ${reply.failure}`);
  const refusal = genericServerResponse(reply.status, reply.body);
  if (refusal !== undefined) throw new CallFailure(`failed to call webhook: ${refusal}`);
  const answer = decoded(reply.body);
  const problem = problemOf(answer, review, isMutating);
  if (problem !== undefined) throw new CallFailure(`received invalid webhook response: ${problem}`);
  const { allowed, warnings, status, patch } = answer['response'] as Json;
  return {
    allowed: allowed === true,
    warnings: Array.isArray(warnings) ? warnings.filter((each) => typeof each === 'string') : [],
    status: isObject(status) ? status : undefined,
    patch: isMutating && typeof patch === 'string' ? patch : '',
  };
}

/** @throws CallFailure in the words of the decoder (k8s.io/apimachinery/pkg/runtime/serializer/json) */
function decoded(body: string): Json {
  const answer = parsed(body);
  const { kind, apiVersion } = isObject(answer) ? answer : {};
  if (!isObject(answer) || typeof kind !== 'string' || kind === '')
    failDecoding(`Object 'Kind' is missing in '${body}'`);
  if (typeof apiVersion !== 'string' || apiVersion === '') failDecoding(`Object 'apiVersion' is missing in '${body}'`);
  if (kind === 'AdmissionReview' && /^admission\.k8s\.io\/v1(beta1)?$/.test(apiVersion)) return answer;
  failDecoding(
    `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersion)} in scheme "pkg/runtime/scheme.go:110"`,
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    const first = body.trimStart()[0];
    const what =
      first === undefined
        ? 'unexpected end of JSON input'
        : `invalid character '${first}' looking for beginning of value`;
    failDecoding(`couldn't get version/kind; json parse error: ${what}`);
  }
}

function failDecoding(message: string): never {
  throw new CallFailure(`failed to call webhook: ${message}`);
}

function problemOf(answer: Json, review: Review, isMutating: boolean): string | undefined {
  const { response } = answer;
  if (!isObject(response)) return 'webhook response was absent';
  // What v1beta1 says is not checked, as it never was.
  if (review.version !== 'v1') return undefined;
  const { uid = '', patch, patchType } = response;
  if (uid !== review.uid) return `expected response.uid=${goQuote(review.uid)}, got ${goQuote(String(uid))}`;
  const version = String(answer['apiVersion']);
  if (version !== 'admission.k8s.io/v1')
    return `expected webhook response of ${typeText('admission.k8s.io/v1')}, got ${typeText(version)}`;
  const hasPatch = typeof patch === 'string' && patch !== '';
  if (!isMutating) {
    if (hasPatch) return 'validating webhook may not return response.patch';
    return patchType === undefined ? undefined : 'validating webhook may not return response.patchType';
  }
  if (hasPatch && patchType === undefined) return 'webhook returned response.patch but not response.patchType';
  if (!hasPatch && patchType !== undefined) return 'webhook returned response.patchType but not response.patch';
  if (patchType === '') return 'webhook returned invalid response.patchType of ""';
  return undefined;
}

function typeText(version: string): string {
  return `${version}, Kind=AdmissionReview`;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
