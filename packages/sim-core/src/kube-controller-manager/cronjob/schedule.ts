import type { CronJob } from '../../api/batch-v1/cron-job.ts';
import { nextMoment } from '../../apimachinery/cron/next.ts';
import type { CronSchedule } from '../../apimachinery/cron/parse-standard.ts';
import { type Zone, zoneOf } from '../../apimachinery/cron/time-zone.ts';
import { parseTime } from '../../sim/clock.ts';

/** More missed starts than this are told (pkg/controller/cronjob/utils.go, mostRecentScheduleTime). */
const MANY = 100;

/** A CronJob's schedule in its zone; moments are milliseconds since 1970. */
export interface Timetable {
  readonly cronJob: CronJob;
  next(after: number): number | undefined;
}

/** What the schedule says at a moment. */
export interface Due {
  /** The newest scheduled moment that has passed, if any has. */
  readonly moment: number | undefined;
  readonly tooManyMissed: boolean;
  /** Milliseconds until the schedule's next moment. */
  readonly wait: number;
}

/** The timetable of a CronJob whose schedule was parsed. */
export function timetable(cronJob: CronJob, schedule: CronSchedule): Timetable {
  const zone: Zone = zoneOf(cronJob.spec.timeZone ?? schedule.zone);
  return { cronJob, next: (after) => nextMoment(schedule, after, zone) };
}

/** What is due now, and when to look again; undefined for a schedule without moments (nextScheduleTime, nextScheduleTimeDuration). */
export function dueNow(table: Timetable, now: number): Due | undefined {
  const within = missedSince(table, earliest(table.cronJob, now, true), now);
  const all = missedSince(table, earliest(table.cronJob, now, false), now);
  if (within === undefined || all === undefined) return undefined;
  const base = all.moment ?? (all.missed === 0 ? earliest(table.cronJob, now, false) : now);
  const following = table.next(base);
  if (following === undefined) return undefined;
  return { moment: within.moment, tooManyMissed: within.missed > MANY, wait: Math.max(0, following - now) };
}

/** From when on starts count: the last one, or the creation; with a starting deadline no earlier than that. */
function earliest({ metadata, spec, status }: CronJob, now: number, withDeadline: boolean): number {
  const from = parseTime(status?.lastScheduleTime ?? metadata.creationTimestamp);
  const { startingDeadlineSeconds: deadline } = spec;
  return withDeadline && deadline !== undefined ? Math.max(from, now - deadline * 1000) : from;
}

/** The newest moment up to now, and about how many there were (mostRecentScheduleTime). */
function missedSince(
  { next }: Timetable,
  from: number,
  now: number,
): { moment: number | undefined; missed: number } | undefined {
  const first = next(from);
  const second = first === undefined ? undefined : next(first);
  if (first === undefined || second === undefined) return undefined;
  if (now < first) return { moment: undefined, missed: 0 };
  if (now < second) return { moment: first, missed: 0 };
  const period = second - first;
  const missed = Math.floor((now - first) / period) + 1;
  let moment: number | undefined;
  for (
    let each = next(first + Math.max(0, missed - 2) * period - 1);
    each !== undefined && each <= now;
    each = next(each)
  )
    moment = each;
  return { moment, missed };
}
