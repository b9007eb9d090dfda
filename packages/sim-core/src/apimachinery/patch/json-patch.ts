import { deepEqual } from '../deep.ts';
import { isObject } from './json-object.ts';

/** One step of a JSON patch (RFC 6902). */
export interface JsonPatchOperation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** A step that cannot be done, or a test that fails. */
export class JsonPatchError extends Error {
  override readonly name = 'JsonPatchError';
}

/** How many bytes of JSON a patch may make by copying (JSONPatchMaxCopyBytes of the API server's configuration). */
const MAX_COPIED = 3 * 1024 * 1024;

type Container = unknown[] | Record<string, unknown>;

/**
 * Carries out a JSON patch as the library of the API server does (gopkg.in/evanphx/json-patch.v4): all steps or none.
 * The document is not changed. A negative index counts from the end, what stands before the first `/` is not looked at.
 * @throws JsonPatchError
 */
export function jsonPatch(document: unknown, operations: readonly JsonPatchOperation[]): unknown {
  const result: unknown = clone(document);
  let copied = 0;
  for (const operation of operations) {
    copied += apply(result, operation);
    if (copied > MAX_COPIED) {
      throw new JsonPatchError(`the accumulated size increase of copy is ${copied}, exceeding the limit ${MAX_COPIED}`);
    }
  }
  return result;
}

/** Does one step. Returns how many bytes it copied. */
function apply(document: unknown, operation: JsonPatchOperation): number {
  const { op, value = null } = operation;
  // A step may name none, or null.
  const path = operation.path ?? '';
  const from = operation.from ?? '';
  switch (op) {
    case 'add':
      add(document, path, clone(value));
      return 0;
    case 'remove':
      remove(document, path);
      return 0;
    case 'replace':
      replace(document, path, clone(value));
      return 0;
    case 'move':
      add(document, path, remove(document, from));
      return 0;
    case 'copy': {
      const text = JSON.stringify(read(document, from));
      add(document, path, JSON.parse(text));
      return text.length;
    }
    case 'test':
      test(document, path, value);
      return 0;
    default:
      throw new JsonPatchError(`Unexpected kind: ${op}`);
  }
}

/** A copy that may be changed; JSON.parse makes `__proto__` a member like any other. */
function clone(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function test(document: unknown, path: string, value: unknown): void {
  const [container, key] = find(document, path);
  const found = Array.isArray(container) ? container[indexOf(container, key)] : member(container, key);
  if (!deepEqual(found ?? null, value)) throw new JsonPatchError(`testing value ${path} failed`);
}

function read(document: unknown, path: string): unknown {
  const [container, key] = find(document, path);
  if (Array.isArray(container)) return container[indexOf(container, key)];
  if (!Object.hasOwn(container, key)) throw new JsonPatchError(`unable to get nonexistent key: ${key}`);
  return member(container, key);
}

function add(document: unknown, path: string, value: unknown): void {
  const [container, key] = find(document, path);
  if (!Array.isArray(container)) return setMember(container, key, value);
  if (key === '-') container.push(value);
  else container.splice(indexOf(container, key, container.length + 1), 0, value);
}

function replace(document: unknown, path: string, value: unknown): void {
  const [container, key] = find(document, path);
  read(document, path);
  if (Array.isArray(container)) container[indexOf(container, key)] = value;
  else setMember(container, key, value);
}

function remove(document: unknown, path: string): unknown {
  const [container, key] = find(document, path);
  const value = read(document, path);
  if (Array.isArray(container)) container.splice(indexOf(container, key), 1);
  else delete container[key];
  return value;
}

/** What holds the last step of a path, and that step. @throws JsonPatchError */
function find(document: unknown, path: string): [container: Container, key: string] {
  const steps = path.split('/').slice(1).map(unescapeStep);
  const key = steps.pop();
  let container = document;
  for (const step of steps) {
    container = Array.isArray(container) ? container[indexOf(container, step)] : member(container, step);
  }
  if (key === undefined || (!Array.isArray(container) && !isObject(container))) {
    throw new JsonPatchError(`missing container: ${path}`);
  }
  return [container as Container, key];
}

function unescapeStep(step: string): string {
  return step.replace(/~1/g, '/').replace(/~0/g, '~');
}

function member(container: unknown, key: string): unknown {
  return isObject(container) && Object.hasOwn(container, key) ? container[key] : undefined;
}

/** Also where the key is `__proto__`: an assignment would change the object's prototype. */
function setMember(container: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

/** @throws JsonPatchError when it is no index of a list of `length` items */
function indexOf(list: readonly unknown[], key: string, length = list.length): number {
  const index = /^[-+]?\d{1,9}$/.test(key) ? Number(key) : Number.NaN;
  const place = index < 0 ? index + length : index;
  if (place >= 0 && place < length) return place;
  throw new JsonPatchError(`invalid array index: ${key}`);
}
