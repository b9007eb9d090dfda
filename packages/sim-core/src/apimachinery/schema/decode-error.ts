/**
 * What a decoding error is about. UnknownField: strict decoding only. TypeMismatch: the value has another JSON type.
 * Malformed: a custom decoder (quantity, time, int-or-string) refuses, which ends decoding at once in the API server.
 * NoKind: the kind is not in the schema.
 */
export type DecodeReason = 'UnknownField' | 'TypeMismatch' | 'Malformed' | 'NoKind';

/**
 * One thing that the API server's decoder would say. `path` leads to the value (for an unknown field, to its key), so
 * that a file position can be found; `field` is the same as the API server prints it.
 */
export interface DecodeError {
  readonly reason: DecodeReason;
  readonly message: string;
  readonly field: string;
  readonly path: readonly (string | number)[];
}

/** `spec.containers[0].ports[1].name`; keys of maps like fields, whatever they contain. */
export function formatPath(path: readonly (string | number)[]): string {
  let text = '';
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : text === '' ? part : `.${part}`;
  return text;
}

/**
 * What the API server says of these errors. Of errors that end decoding it reports one, the first that a custom decoder
 * raised or else the first at all; only without them it lists the unknown fields (`strict decoding error: …`).
 */
export function decodeMessage(errors: readonly DecodeError[]): string {
  const fatal =
    errors.find((error) => error.reason === 'Malformed' || error.reason === 'NoKind') ??
    errors.find((error) => error.reason === 'TypeMismatch');
  return fatal ? fatal.message : `strict decoding error: ${errors.map((error) => error.message).join(', ')}`;
}

/**
 * The whole message of the 400 answer: `Deployment in version "v1" cannot be handled as a Deployment: …`.
 * `expectedKind` is the kind of the endpoint, the same as `kind` unless the request was sent to the wrong one.
 */
export function cannotBeHandledAs(
  apiVersion: string,
  kind: string,
  errors: readonly DecodeError[],
  expectedKind: string = kind,
): string {
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  return `${kind} in version "${version}" cannot be handled as a ${expectedKind}: ${decodeMessage(errors)}`;
}
