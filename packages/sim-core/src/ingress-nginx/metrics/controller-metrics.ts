import type { Checks } from '../admission/check-counters.ts';
import type { Orphanage } from '../model/orphans.ts';
import { RELEASE } from '../start-up.ts';
import { type Labels, METRIC_PREFIX, type MetricFamily, type Sample } from './text-format.ts';

/** What a replica says of itself beside its requests and certificates. */
export interface ControllerState {
  /** Reloads that went well, and that did not; `lastAt` in milliseconds of cluster time, `hash` 0 for none. */
  readonly reloads: {
    readonly success: number;
    readonly errors: number;
    readonly lastSuccessful: boolean;
    readonly lastAt: number;
    readonly hash: number;
  };
  readonly leads: boolean;
  readonly electionId: string;
  /** By `namespace/name`. */
  readonly checks: ReadonlyMap<string, Readonly<Checks>>;
  readonly orphans: readonly Orphanage[];
}

type Of = (name: string, help: string, samples: readonly Sample[]) => MetricFamily;

function family(type: MetricFamily['type']): Of {
  return (name, help, samples) => ({ name: METRIC_PREFIX + name, help, type, samples });
}

const gauge = family('gauge');
const counter = family('counter');

/** Metrics of the controller itself (internal/ingress/metric/collectors/controller.go). What never happened has no sample. */
export function controllerFamilies(state: ControllerState, constant: Labels): MetricFamily[] {
  const { reloads, leads, electionId, checks, orphans } = state;
  const one = (value: number, more: Labels = {}): Sample[] => [{ labels: { ...constant, ...more }, value }];
  const counted = (value: number) => (value === 0 ? [] : one(value));
  const { version: release, commit: build, repository } = RELEASE;
  const buildLabels = { build, ...constant, release, repository };
  return [
    gauge('build_info', "A metric with a constant '1' labeled with information about the build.", [
      { labels: buildLabels, value: 1 },
    ]),
    counter('check_errors', `${ERRORS} syntax check operations`, checkSamples(checks, constant, 'errors')),
    counter('check_success', `${OPERATIONS} syntax check operations`, checkSamples(checks, constant, 'success')),
    gauge('config_hash', 'Running configuration hash actually running', one(reloads.hash)),
    gauge(
      'config_last_reload_successful',
      'Whether the last configuration reload attempt was successful',
      one(Number(reloads.lastSuccessful)),
    ),
    gauge(
      'config_last_reload_successful_timestamp_seconds',
      'Timestamp of the last successful configuration reload.',
      one(Math.floor(reloads.lastAt / 1000)),
    ),
    counter('errors', `${ERRORS} reload operations`, counted(reloads.errors)),
    gauge('leader_election_status', LEADER_HELP, leads ? one(1, { name: electionId }) : []),
    gauge(
      'orphan_ingress',
      ORPHAN_HELP,
      orphans.map((each) => orphanSample(each, constant)),
    ),
    counter('success', `${OPERATIONS} reload operations`, counted(reloads.success)),
  ];
}

const OPERATIONS = 'Cumulative number of Ingress controller';
const ERRORS = `${OPERATIONS} errors during`;
const LEADER_HELP =
  "Gauge reporting status of the leader election, 0 indicates follower, 1 indicates leader. 'name' is the string used to identify the lease";
const ORPHAN_HELP =
  "Gauge reporting status of ingress orphanity, 1 indicates orphaned ingress.\n\t\t\t'namespace' is the string used to identify namespace of ingress, 'ingress' for ingress name and 'type' for 'no-service' or 'no-endpoint' of orphanity";

function checkSamples(checks: ControllerState['checks'], constant: Labels, kind: keyof Checks): Sample[] {
  return [...checks].sort().flatMap(([key, counts]) => {
    const [namespace = '', ingress = ''] = key.split('/');
    return counts[kind] === 0 ? [] : [{ labels: { ...constant, ingress, namespace }, value: counts[kind] }];
  });
}

function orphanSample({ namespace, ingress, type, isOrphan }: Orphanage, constant: Labels): Sample {
  return { labels: { ...constant, ingress, namespace, type }, value: Number(isOrphan) };
}

/** What is told of the admission webhook: the last check (internal/ingress/metric/collectors/admission.go). */
export interface AdmissionState {
  /** How many Ingresses the configuration was made from. */
  readonly ingresses: number;
  /** Bytes of the configuration. */
  readonly size: number;
}

/** Checks take no time here. */
export function admissionFamilies({ ingresses, size }: AdmissionState, constant: Labels): MetricFamily[] {
  const one = (name: string, help: string, value: number) =>
    gauge(`admission_${name}`, help, [{ labels: constant, value }]);
  return [
    one('config_size', 'The size of the tested configuration', size),
    one(
      'render_duration',
      'The processing duration of ingresses rendering by the admission controller (float seconds)',
      0,
    ),
    one('render_ingresses', 'The length of ingresses rendered by the admission controller', ingresses),
    one(
      'roundtrip_duration',
      'The complete duration of the admission controller at the time to process a new event (float seconds)',
      0,
    ),
    one('tested_duration', 'The processing duration of the admission controller tests (float seconds)', 0),
    one('tested_ingresses', 'The length of ingresses processed by the admission controller', ingresses),
  ];
}
