import { goQuote } from '../apimachinery/go-syntax.ts';
import { type Clock, formatTime } from '../sim/clock.ts';
import type { ContainerContext } from '../workloads/program.ts';

/** Number of the controller's process in its container, as wide as klog prints it. */
const PID = '      7';

/**
 * Lines in the form of Go's klog: `I0101 00:00:00.000000       7 main.go:107] text` (k8s.io/klog/v2). Places are those of
 * v1.15.1.
 */
export interface Klog {
  info(place: string, text: string): void;
  warning(place: string, text: string): void;
  error(place: string, text: string): void;
  /** The last line of a process. */
  fatal(place: string, text: string): void;
}

/** The controller's own lines in its container's log. */
export function createKlog({ clock, log }: Pick<ContainerContext, 'clock' | 'log'>): Klog {
  const write = (severity: string) => (place: string, text: string) => {
    const [first = '', ...rest] = text.split('\n');
    log(`${severity}${timeOf(clock)} ${PID} ${place}] ${first}`);
    for (const line of rest) log(line);
  };
  return { info: write('I'), warning: write('W'), error: write('E'), fatal: write('F') };
}

/** A structured message (klog.InfoS): `"text" key="value"`; what is no text stands as JSON. */
export function structured(text: string, values: Readonly<Record<string, unknown>> = {}): string {
  const pairs = Object.entries(values).map(([key, value]) => {
    return ` ${key}=${typeof value === 'string' ? goQuote(value) : JSON.stringify(value)}`;
  });
  return `${goQuote(text)}${pairs.join('')}`;
}

/** `0326 02:20:30.123000` */
function timeOf(clock: Clock): string {
  const now = clock.now();
  const [, month, day, time] = /^\d+-(\d\d)-(\d\d)T([\d:]+)Z$/.exec(formatTime(now)) ?? [];
  return `${month}${day} ${time}.${String(Math.floor(now) % 1000).padStart(3, '0')}000`;
}
