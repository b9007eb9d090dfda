import { isObject } from '../patch/json-object.ts';
import { parseTimestamp } from '../timestamp.ts';
import type { FieldSet } from './field-set.ts';
import { decodeFieldsV1, encodeFieldsV1, type FieldsV1 } from './fields-v1.ts';

export type Operation = 'Apply' | 'Update';

/** metadata.managedFields[] (meta/v1 ManagedFieldsEntry). */
export interface ManagedFieldsEntry {
  readonly manager?: string;
  readonly operation?: Operation;
  readonly apiVersion?: string;
  readonly time?: string;
  readonly fieldsType?: string;
  readonly fieldsV1?: FieldsV1;
  readonly subresource?: string;
}

/** Who manages fields: one entry of metadata.managedFields, its fields as a set. */
export interface Manager {
  readonly name: string;
  readonly operation: Operation;
  readonly apiVersion: string;
  readonly subresource: string;
  /** When the set changed last, RFC 3339. */
  readonly time?: string;
  readonly fields: FieldSet;
}

/** Managers by {@link managerId}. */
export type Managers = ReadonlyMap<string, Manager>;

/** Tells managers apart: appliers keep theirs when they change the version (managedfields.go, BuildManagerIdentifier). */
export function managerId({ name, operation, apiVersion, subresource }: Omit<Manager, 'fields' | 'time'>): string {
  return JSON.stringify({
    ...(name !== '' && { manager: name }),
    operation,
    ...(operation === 'Update' && { apiVersion }),
    ...(subresource !== '' && { subresource }),
  });
}

/** @throws Error when an entry is malformed */
export function decodeManagers(entries: unknown): Managers {
  const managers = new Map<string, Manager>();
  for (const [index, entry] of (Array.isArray(entries) ? entries : []).entries()) {
    const manager = decodeManager(entry, index);
    managers.set(managerId(manager), manager);
  }
  return managers;
}

function decodeManager(entry: unknown, index: number): Manager {
  const { operation, apiVersion, fieldsType, time, ...rest } = isObject(entry) ? entry : {};
  if (operation !== 'Apply' && operation !== 'Update') throw new Error('operation must be `Apply` or `Update`');
  if (typeof apiVersion !== 'string' || apiVersion === '') throw new Error('apiVersion must not be empty');
  if (!fieldsType) throw new Error(`missing fieldsType in managed fields entry ${index}`);
  if (fieldsType !== 'FieldsV1') throw new Error(`invalid fieldsType "${fieldsType}" in managed fields entry ${index}`);
  return {
    name: text(rest.manager),
    operation,
    apiVersion,
    subresource: text(rest.subresource),
    ...(typeof time === 'string' && { time }),
    fields: decodeFieldsV1(rest.fieldsV1 ?? {}),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The entries as they are stored: appliers first, then by time and name (managedfields.go, sortEncodedManagedFields). */
export function encodeManagers(managers: Managers): ManagedFieldsEntry[] {
  const order = (a: Manager, b: Manager): number =>
    byText(a.operation, b.operation) ||
    secondsOf(a) - secondsOf(b) ||
    byText(a.name, b.name) ||
    byText(a.apiVersion, b.apiVersion) ||
    byText(a.subresource, b.subresource);
  return [...managers.values()].sort(order).map(encodeManager);
}

function encodeManager({ name, operation, apiVersion, subresource, time, fields }: Manager): ManagedFieldsEntry {
  return {
    ...(name !== '' && { manager: name }),
    operation,
    apiVersion,
    ...(time !== undefined && { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: encodeFieldsV1(fields),
    ...(subresource !== '' && { subresource }),
  };
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whole seconds since 1970; without a time 0. */
export function secondsOf({ time }: Manager): number {
  const milliseconds = time === undefined ? 0 : parseTimestamp(time);
  return Number.isNaN(milliseconds) ? 0 : Math.floor(milliseconds / 1000);
}

/** A list that asks to forget all managers: `[]` or `[{}]` (fieldmanager.go, isResetManagedFields). */
export function isReset(entries: unknown): boolean {
  if (!Array.isArray(entries)) return false;
  if (entries.length === 0) return true;
  return entries.length === 1 && isObject(entries[0]) && Object.keys(entries[0]).length === 0;
}
