/** How numbers are written. Digits and signs follow one locale, so that screenshots of a class agree. */
const LOCALE = 'en';
const WHOLE = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** `3,790` */
export function formatCount(count: number): string {
  return WHOLE.format(count);
}

/** Requests a second: `9.5/s`, `120/s`, `1.2k/s`; '' for none. */
export function formatRate(perSecond: number): string {
  if (perSecond <= 0) return '';
  if (perSecond < 0.05) return '<0.1/s';
  if (perSecond < 9.95) return `${perSecond.toFixed(1)}/s`;
  return perSecond < 999.5 ? `${formatCount(perSecond)}/s` : `${(perSecond / 1000).toFixed(1)}k/s`;
}

/** A share as per cent with two decimals: `5.15`. */
export function formatPercent(fraction: number): string {
  return (fraction * 100).toFixed(2);
}

/** A configured weight as per cent, without decimals that say nothing: `5`, `2.5`. */
export function formatTarget(weight: number, total: number): string {
  return String(Math.round((weight / total) * 10_000) / 100);
}

/** Seconds that remain: tenths below ten seconds, minutes from a minute on. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)}\u00a0s`;
  if (seconds < 60) return `${Math.ceil(seconds)}\u00a0s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60}\u00a0s`;
}

/** How long a request took: tenths below ten milliseconds. */
export function formatMilliseconds(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${formatCount(milliseconds)} ms`;
}

/** Time of day of a moment of cluster time, as the page's own clock would show it. */
export function formatTime(at: number): string {
  return new Intl.DateTimeFormat(LOCALE, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  }).format(at);
}

/** An amount of money, whole from a hundred on: `$16.43`, `$164`. */
export function formatMoney(amount: number, currency: string): string {
  const maximumFractionDigits = amount < 100 ? 2 : 0;
  return new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    maximumFractionDigits,
    minimumFractionDigits: maximumFractionDigits,
  }).format(amount);
}
