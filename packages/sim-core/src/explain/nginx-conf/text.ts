import type { NginxConf, NginxConfSource } from '../../wire.ts';

/** nginx.conf as text; behind each line that somebody's setting or rule wrote, a comment says which and where. */
export function confText({ lines }: Pick<NginxConf, 'lines'>, { sources: withSources = true } = {}): string {
  return lines
    .map(({ text, sources, isOwn }) => {
      const told = sources.filter(({ kind }) => kind !== 'default' && (kind !== 'rule' || isOwn));
      return withSources && told.length > 0 ? `${text} # ${told.map(spellSource).join(', ')}\n` : `${text}\n`;
    })
    .join('');
}

/** `canary.yaml:14 nginx.ingress.kubernetes.io/canary-weight`; the object for what stands in no file. */
function spellSource({ name, object, source }: NginxConfSource): string {
  if (source !== undefined) return `${source.file}:${source.line} ${name}`;
  if (object === undefined) return name;
  const { kind, namespace, name: objectName } = object;
  return `${kind} ${namespace}/${objectName} ${name}`;
}
