/**
 * What to do about a field that validation refused; undefined where the server's own words say it all.
 * @param field path of the field, `spec.rules[0].host`
 * @param value as it was given
 */
export function fieldHint(field: string, value: unknown): string | undefined {
  const isHost = /^spec\.(rules\[\d+\]\.host|tls\[\d+\]\.hosts\[\d+\])$/.test(field);
  return isHost && typeof value === 'string' ? hostHint(value) : undefined;
}

/** A host is a name: people paste the URL that they type into a browser. */
function hostHint(written: string): string | undefined {
  const name = written
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[:/?#].*$/, '')
    .replace(/\.$/, '');
  if (name === written || !/^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name))
    return undefined;
  return `A host is only a name, without scheme, port and path: write "${name}".`;
}
