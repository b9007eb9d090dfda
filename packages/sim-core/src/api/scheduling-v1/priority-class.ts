import { type FieldError, forbidden } from '../../apimachinery/field-error.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { checkEnum, checkImmutable } from '../checks.ts';
import { AGE, column, NAME } from '../columns.ts';

/** scheduling.k8s.io/v1 PriorityClass. */
export interface PriorityClass {
  apiVersion: 'scheduling.k8s.io/v1';
  kind: 'PriorityClass';
  metadata: ObjectMeta;
  value: number;
  globalDefault?: boolean;
  description?: string;
  preemptionPolicy?: string;
}

/** Highest value that a user's class may have (scheduling.HighestUserDefinablePriority). */
const HIGHEST = 1_000_000_000;
const SYSTEM_PREFIX = 'system-';
const RESERVED = `priority class names with '${SYSTEM_PREFIX}' prefix are reserved for system use only. error: `;

/** The classes that every cluster has (pkg/apis/scheduling/v1/helpers.go). */
export const SYSTEM_PRIORITY_CLASSES: readonly { name: string; value: number; description: string }[] = Object.freeze([
  Object.freeze({
    name: 'system-node-critical',
    value: 2_000_001_000,
    description: 'Used for system critical pods that must not be moved from their current node.',
  }),
  Object.freeze({
    name: 'system-cluster-critical',
    value: 2_000_000_000,
    description:
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  }),
]);

/** pkg/apis/scheduling/validation/validation.go ValidatePriorityClass */
function validatePriorityClass({ metadata, value = 0, globalDefault, preemptionPolicy }: PriorityClass): FieldError[] {
  const { name } = metadata;
  const errors: FieldError[] = [];
  if (name.startsWith(SYSTEM_PREFIX)) {
    const why = whyNotSystem(name, value, globalDefault === true);
    if (why !== undefined) errors.push(forbidden('metadata.name', `${RESERVED}${why}`));
  } else if (value > HIGHEST) {
    errors.push(forbidden('value', `maximum allowed value of a user defined priority is ${HIGHEST}`));
  }
  return [...errors, ...checkEnum('preemptionPolicy', preemptionPolicy, ['Never', 'PreemptLowerPriority'])];
}

/** IsKnownSystemPriorityClass */
function whyNotSystem(name: string, value: number, globalDefault: boolean): string | undefined {
  const known = SYSTEM_PRIORITY_CLASSES.find((each) => each.name === name);
  if (known === undefined) return `${name} is not a known system priority class`;
  if (known.value !== value) return `value of ${name} PriorityClass must be ${known.value}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}

export const priorityClasses = defineKind<PriorityClass>({
  group: 'scheduling.k8s.io',
  version: 'v1',
  kind: 'PriorityClass',
  resource: 'priorityclasses',
  singular: 'priorityclass',
  shortNames: ['pc'],
  namespaced: false,
  generationOf: () => 1,
  // pkg/apis/scheduling/v1/defaults.go SetDefaults_PriorityClass
  setDefaults(priorityClass) {
    priorityClass.value ??= 0;
    priorityClass.preemptionPolicy ??= 'PreemptLowerPriority';
  },
  validate: validatePriorityClass,
  validateUpdate: (priorityClass, old) => [
    ...(priorityClass.value === old.value ? [] : [forbidden('value', 'may not be changed in an update.')]),
    ...checkImmutable('preemptionPolicy', priorityClass.preemptionPolicy, old.preemptionPolicy),
  ],
  columns: [
    NAME,
    { name: 'Value', type: 'integer', cell: ({ value }) => value },
    { name: 'Global-Default', type: 'boolean', cell: ({ globalDefault }) => globalDefault === true },
    AGE,
    column('PreemptionPolicy', ({ preemptionPolicy }) => preemptionPolicy ?? 'PreemptLowerPriority'),
  ],
});
