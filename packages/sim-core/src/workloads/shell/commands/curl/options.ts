/** Letters by long name, as `parseOptions` takes them. */
export const LONG: Readonly<Record<string, string>> = Object.freeze({
  'request=': 'X',
  'header=': 'H',
  'data=': 'd',
  'data-raw=': 'd',
  'data-binary=': 'd',
  'data-ascii=': 'd',
  'data-urlencode=': 'd',
  'json=': 'json',
  'output=': 'o',
  'write-out=': 'w',
  'user-agent=': 'A',
  'user=': 'u',
  'cookie=': 'b',
  'cookie-jar=': 'c',
  'referer=': 'e',
  'max-time=': 'm',
  'connect-timeout=': 'connect-timeout',
  'resolve=': 'resolve',
  'connect-to=': 'connect-to',
  'retry=': 'retry',
  'retry-delay=': 'retry-delay',
  'retry-max-time=': 'x',
  'max-redirs=': 'max-redirs',
  'cacert=': 'cacert',
  'cert=': 'E',
  'key=': 'key',
  'proxy=': 'x',
  'interface=': 'interface',
  'url=': 'url',
  'form=': 'F',
  'upload-file=': 'T',
  'dump-header=': 'D',
  'range=': 'r',
  'limit-rate=': 'limit-rate',
  'noproxy=': 'noproxy',
  'oauth2-bearer=': 'oauth2-bearer',
  head: 'I',
  include: 'i',
  location: 'L',
  silent: 's',
  'show-error': 'S',
  fail: 'f',
  'fail-with-body': 'fail-with-body',
  verbose: 'v',
  insecure: 'k',
  get: 'G',
  'remote-name': 'O',
  version: 'V',
  help: 'h',
  compressed: 'compressed',
  'no-progress-meter': 'no-progress-meter',
});

/** Whether curl has the long option; those that change nothing here count too. */
export function isKnown(arg: string): boolean {
  const name = arg.slice(2).split('=')[0] as string;
  return (
    LONG[name] !== undefined ||
    LONG[`${name}=`] !== undefined ||
    /^(http|tls|ipv|no-|retry-|tcp|path-as-is|raw|keepalive|ssl|fail-early|parallel|styled|next|progress|globoff|disable|anyauth|basic)/.test(
      name,
    )
  );
}
