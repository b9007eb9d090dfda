import { ADMISSIONREGISTRATION_V1_FIELDS } from './admissionregistration-v1.ts';
import { APPS_V1_FIELDS } from './apps-v1.ts';
import { AUTHENTICATION_V1_FIELDS } from './authentication-v1.ts';
import { AUTHORIZATION_V1_FIELDS } from './authorization-v1.ts';
import { AUTOSCALING_V1_FIELDS } from './autoscaling-v1.ts';
import { AUTOSCALING_V2_FIELDS } from './autoscaling-v2.ts';
import { BATCH_V1_FIELDS } from './batch-v1.ts';
import { COORDINATION_V1_FIELDS } from './coordination-v1.ts';
import { CORE_V1_FIELDS } from './core-v1.ts';
import { DISCOVERY_V1_FIELDS } from './discovery-v1.ts';
import { EVENTS_V1_FIELDS } from './events-v1.ts';
import { META_V1_FIELDS } from './meta-v1.ts';
import { NETWORKING_V1_FIELDS } from './networking-v1.ts';
import { NODE_V1_FIELDS } from './node-v1.ts';
import { POLICY_V1_FIELDS } from './policy-v1.ts';
import { RBAC_V1_FIELDS } from './rbac-v1.ts';
import { SCHEDULING_V1_FIELDS } from './scheduling-v1.ts';
import { STORAGE_V1_FIELDS } from './storage-v1.ts';

/** The tables by the Go package of their types, as proto and OpenAPI write it. */
export const FIELDS_BY_PACKAGE: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.freeze({
  'k8s.io.api.admissionregistration.v1': ADMISSIONREGISTRATION_V1_FIELDS,
  'k8s.io.api.apps.v1': APPS_V1_FIELDS,
  'k8s.io.api.authentication.v1': AUTHENTICATION_V1_FIELDS,
  'k8s.io.api.authorization.v1': AUTHORIZATION_V1_FIELDS,
  'k8s.io.api.autoscaling.v1': AUTOSCALING_V1_FIELDS,
  'k8s.io.api.autoscaling.v2': AUTOSCALING_V2_FIELDS,
  'k8s.io.api.batch.v1': BATCH_V1_FIELDS,
  'k8s.io.api.coordination.v1': COORDINATION_V1_FIELDS,
  'k8s.io.api.core.v1': CORE_V1_FIELDS,
  'k8s.io.api.discovery.v1': DISCOVERY_V1_FIELDS,
  'k8s.io.api.events.v1': EVENTS_V1_FIELDS,
  'k8s.io.apimachinery.pkg.apis.meta.v1': META_V1_FIELDS,
  'k8s.io.api.networking.v1': NETWORKING_V1_FIELDS,
  'k8s.io.api.node.v1': NODE_V1_FIELDS,
  'k8s.io.api.policy.v1': POLICY_V1_FIELDS,
  'k8s.io.api.rbac.v1': RBAC_V1_FIELDS,
  'k8s.io.api.scheduling.v1': SCHEDULING_V1_FIELDS,
  'k8s.io.api.storage.v1': STORAGE_V1_FIELDS,
});

/**
 * The numbers under which the fields of our types travel in protobuf, by the type names of the generated schema:
 * `name=1 hostPath=2.1` says that name is field 1 and hostPath field 1 of the message in field 2, a struct that Go embeds
 * and JSON does not see. `?` marks what is a pointer in Go: its zero value counts as set.
 * Types of apiextensions.k8s.io and apiregistration.k8s.io are not here: their clients speak JSON.
 */
export const PROTOBUF_FIELDS: Readonly<Record<string, string>> = Object.freeze(
  Object.assign({}, ...Object.values(FIELDS_BY_PACKAGE)) as Record<string, string>,
);
