import type { StubStatus } from '../nginx/stub-status.ts';
import { type Labels, METRIC_PREFIX, type MetricFamily } from './text-format.ts';

/** What is told of the processes of nginx. */
export interface ProcessState {
  readonly status: StubStatus;
  /** Milliseconds of cluster time. */
  readonly startedAt: number;
}

/** A master and two workers, and what they need: reckoned, since there are none. */
const PROCESSES = 3;
const CPU_PER_REQUEST = 0.0001;
const MEMORY = 128 * 1024 ** 2;
const MEMORY_PER_CONNECTION = 16 * 1024;

/** internal/ingress/metric/collectors/nginx_status.go and process.go. Nothing is read from or written to disks. */
export function processFamilies({ status, startedAt }: ProcessState, constant: Labels): MetricFamily[] {
  const { active, accepted, requests, writing, waiting } = status;
  const of = (
    type: 'counter' | 'gauge',
    name: string,
    help: string,
    values: Readonly<Record<string, number>>,
  ): MetricFamily => ({
    name: `${METRIC_PREFIX}nginx_process_${name}`,
    help,
    type,
    samples: Object.entries(values).map(([state, value]) => ({
      labels: state === '' ? constant : { ...constant, state },
      value,
    })),
  });
  const memory = MEMORY + active * MEMORY_PER_CONNECTION;
  return [
    of('gauge', 'connections', 'current number of client connections with state {active, reading, writing, waiting}', {
      active,
      reading: 0,
      waiting,
      writing,
    }),
    of('counter', 'connections_total', 'total number of connections with state {accepted, handled}', {
      accepted,
      handled: accepted,
    }),
    of('counter', 'cpu_seconds_total', 'Cpu usage in seconds', { '': status.ended * CPU_PER_REQUEST }),
    of('gauge', 'num_procs', 'number of processes', { '': PROCESSES }),
    of('gauge', 'oldest_start_time_seconds', 'start time in seconds since 1970/01/01', {
      '': Math.floor(startedAt / 1000),
    }),
    of('counter', 'read_bytes_total', 'number of bytes read', { '': 0 }),
    of('counter', 'requests_total', 'total number of client requests', { '': requests }),
    of('gauge', 'resident_memory_bytes', 'number of bytes of memory in use', { '': memory }),
    of('gauge', 'virtual_memory_bytes', 'number of bytes of memory in use', { '': memory * 4 }),
    of('counter', 'write_bytes_total', 'number of bytes written', { '': 0 }),
  ];
}
