import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { invalidPaths } from './inspector.ts';

/** Annotations that mean nothing any more. */
const DEPRECATED: readonly string[] = Object.freeze([
  'enable-influxdb',
  'influxdb-measurement',
  'influxdb-port',
  'influxdb-host',
  'influxdb-server-name',
  'secure-verify-ca-secret',
]);

/** What whoever writes an Ingress is to read, whether it is let in or not (controller.go, CheckWarning). */
export function checkWarning(ingress: Ingress, prefix: string): string[] {
  const { deletionTimestamp, annotations = {} } = ingress.metadata;
  if (deletionTimestamp !== undefined) return [];
  const deprecated = Object.keys(annotations).filter((name) => DEPRECATED.some((each) => prefix + each === name));
  return [...deprecated.map((name) => `annotation ${name} is deprecated`), ...invalidPaths(ingress)];
}
