import { weekdayOf, zoneOf } from '../../apimachinery/cron/time-zone.ts';

const WEEKDAYS = Object.freeze(['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']);
const MONTHS = Object.freeze(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']);

/** A moment as Go prints it with time.RFC1123Z in UTC: `Thu, 01 Jan 2026 00:05:00 +0000`. */
export function rfc1123(moment: number): string {
  const wall = zoneOf()(moment);
  const [day, hour, minute, second] = [wall.day, wall.hour, wall.minute, wall.second].map((value) =>
    String(value).padStart(2, '0'),
  );
  return `${WEEKDAYS[weekdayOf(wall)]}, ${day} ${MONTHS[wall.month - 1]} ${wall.year} ${hour}:${minute}:${second} +0000`;
}
