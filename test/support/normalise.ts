/** Five characters that the API server, or a component, puts behind a name. */
const SUFFIX = '[bcdfghjklmnpqrstvwxz2456789]{5}';
const UID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** What differs from run to run, and what stands for it, in this order. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`(?<![0-9a-f])${UID}`, 'g'), '<uid>'],
  [new RegExp(`(?<=%3D)${UID}`, 'g'), '<uid>'],
  [/\b[0-9a-f]{64}\b/g, '<digest>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>'],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>'],
  [/\b10\.244\.\d+\.\d+/g, '<pod-ip>'],
  [/\b10\.96\.\d+\.\d+/g, '<cluster-ip>'],
  [/(127\.0\.0\.1|localhost):\d+/g, '$1:<port>'],
  [new RegExp(`-[bcdfghjklmnpqrstvwxz2456789]{8,10}-${SUFFIX}\\b`, 'g'), '-hash-xxxxx'],
  [new RegExp(`(?<=\\b|%3D)(kube-api-access|web|p)-${SUFFIX}\\b`, 'g'), '$1-xxxxx'],
  [/-[0-9a-f]{10}(?=\.elb\.)/g, '-<id>'],
  [/\bnode-[1-9]\b/g, 'node-n'],
  [/\b10\.0\.0\.1\d\b/g, '<node-ip>'],
  [/resourceVersion(=|%3D|": "|: ")[1-9]\d*/g, 'resourceVersion$1<rv>'],
  [/timeoutSeconds=\d+/g, 'timeoutSeconds=<n>'],
  [/continue=[^&\s]+/g, 'continue=<token>'],
  [/:3[0-2]\d{3}\b/g, ':<node-port>'],
];
/** `12s`, `5m30s`, `<invalid>` (the cluster's time runs faster than kubectl's) in a cell of its own or before `ago`. */
const AGE = /(^|\s|\()(\d+[dhms]|\d+[dhm]\d+[hms]|<invalid>)(?= ago\)| *$|\s{2,}|\s\()/gm;

/** A text without what chance and time put into it; columns stand three blanks apart. */
export function normalise(text: string): string {
  let result = text;
  for (const [pattern, replacement] of VARYING) result = result.replace(pattern, replacement);
  return result
    .replace(AGE, '$1<age>')
    .replace(/(?<=\S) {2,}(?=\S)/g, '   ')
    .replace(/ +$/gm, '');
}
