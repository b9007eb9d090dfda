import type { Certificate, NginxConfiguration } from '../nginx/configuration.ts';
import type { Labels, MetricFamily, Sample } from './text-format.ts';

/** What a replica says of itself beside its requests. */
export interface ControllerState {
  readonly configuration: NginxConfiguration;
  /** Reloads that went well, and that did not. */
  readonly reloads: {
    readonly success: number;
    readonly errors: number;
    readonly lastSuccessful: boolean;
    readonly lastAt: number;
  };
  readonly leads: boolean;
  readonly electionId: string;
  readonly release: string;
}

/** Metrics of the controller itself (internal/ingress/metric/collectors/controller.go). */
export function controllerFamilies(state: ControllerState, constant: Labels): MetricFamily[] {
  const { configuration, reloads, leads, electionId, release } = state;
  const one = (
    name: string,
    type: 'counter' | 'gauge',
    help: string,
    value: number,
    more: Labels = {},
  ): MetricFamily => ({
    name: `nginx_ingress_controller_${name}`,
    help,
    type,
    samples: [{ labels: { ...constant, ...more }, value }],
  });
  return [
    one('build_info', 'gauge', 'A metric with a constant "1" labeled with information about the build.', 1, {
      release,
    }),
    one(
      'config_last_reload_successful',
      'gauge',
      'Whether the last configuration reload attempt was successful',
      Number(reloads.lastSuccessful),
    ),
    one(
      'config_last_reload_successful_timestamp_seconds',
      'gauge',
      'Timestamp of the last successful configuration reload.',
      Math.floor(reloads.lastAt / 1000),
    ),
    one('errors', 'counter', 'Cumulative number of Ingress controller errors during reload operations', reloads.errors),
    one(
      'leader_election_status',
      'gauge',
      'Gauge reporting status of the leader election, 0 indicates follower, 1 indicates leader.',
      Number(leads),
      { name: electionId },
    ),
    certificateFamily(configuration, constant),
    one('success', 'counter', 'Cumulative number of Ingress controller reload operations', reloads.success),
  ];
}

/** When the certificate of each host runs out; the fake one is not listed. */
function certificateFamily(
  { servers }: NginxConfiguration,
  { controller_class: controllerClass = '' }: Labels,
): MetricFamily {
  const samples = servers.flatMap(({ hostname, certificate }): Sample[] =>
    certificate === undefined || !Number.isFinite(certificate.notAfter)
      ? []
      : [expiry(hostname, certificate, controllerClass)],
  );
  const help = 'Number of seconds since 1970 to the SSL Certificate expire';
  return { name: 'nginx_ingress_controller_ssl_expire_time_seconds', help, type: 'gauge', samples };
}

function expiry(host: string, { name, notAfter }: Certificate, controllerClass: string): Sample {
  const [namespace = '', secret = ''] = name.split('/');
  return {
    labels: { class: controllerClass, host, namespace, secret_name: secret },
    value: Math.floor(notAfter / 1000),
  };
}
