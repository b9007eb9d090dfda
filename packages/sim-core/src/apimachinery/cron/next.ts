import type { CronSchedule } from './parse-standard.ts';
import { midnight, type WallTime, weekdayOf, type Zone, zoneOf } from './time-zone.ts';

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
/** A date that does not come within so many years never comes. */
const YEARS = 5;

type Fields = Exclude<CronSchedule, { every: number }>;

/**
 * The first moment after `after` that the schedule names, in milliseconds since 1970; undefined when there is none
 * (robfig/cron v3 SpecSchedule.Next). An hour that daylight saving leaves out does not come; one that it doubles comes twice.
 */
export function nextMoment(
  schedule: CronSchedule,
  after: number,
  zone: Zone = zoneOf(schedule.zone),
): number | undefined {
  const start = Math.floor(after / SECOND) * SECOND;
  if ('every' in schedule) return start + schedule.every;
  const last = zone(start).year + YEARS;
  let moment: number | undefined = start + SECOND;
  while (moment !== undefined && zone(moment).year <= last) {
    const later = moveOn(schedule, moment, zone);
    if (later === undefined) return moment;
    moment = later;
  }
  return undefined;
}

/** Where to look next when the moment is not named, as far on as its first wrong field allows; undefined when it is. */
function moveOn(schedule: Fields, moment: number, zone: Zone): number | undefined {
  const wall = zone(moment);
  if (!schedule.months.has(wall.month)) return midnight(zone, { ...wall, month: wall.month + 1, day: 1 });
  if (!matchesDay(schedule, wall)) return midnight(zone, { ...wall, day: wall.day + 1 });
  if (!schedule.hours.has(wall.hour)) return moment - wall.minute * MINUTE - wall.second * SECOND + HOUR;
  if (!schedule.minutes.has(wall.minute) || wall.second > 0) return moment - wall.second * SECOND + MINUTE;
  return undefined;
}

/** `dayMatches` */
function matchesDay({ days, weekdays, anyDay }: Fields, wall: WallTime): boolean {
  const [day, weekday] = [days.has(wall.day), weekdays.has(weekdayOf(wall))];
  return anyDay ? day && weekday : day || weekday;
}
