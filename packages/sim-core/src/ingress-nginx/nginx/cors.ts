import type { Regex } from '../../apimachinery/regex/regex.ts';
import type { Cors } from './directives.ts';
import { compilePcre } from './pcre.ts';
import type { RequestContext } from './request-context.ts';
import { httpVariable } from './variables.ts';

/** The cors directives with what each request compares, ready made. */
export interface CompiledCors {
  /** Undefined: any origin, or none. */
  readonly origin: Regex | undefined;
  /** Flat; without Access-Control-Allow-Origin. */
  readonly headers: readonly string[];
}

/** Origins are compared without regard to case, and only their end is fixed (template.go, buildCorsOriginRegex). */
export function compileCors(cors: Cors): CompiledCors {
  const { allowOrigin, allowCredentials, allowMethods, allowHeaders, exposeHeaders, maxAge } = cors;
  const anybody = allowOrigin.length === 1 && allowOrigin[0] === '*';
  return {
    origin: anybody ? undefined : compilePcre(`(?:${allowOrigin.map(originPattern).join('|')})$`, 'i'),
    headers: [
      ...(allowCredentials ? ['Access-Control-Allow-Credentials', 'true'] : []),
      ...['Access-Control-Allow-Methods', allowMethods],
      ...['Access-Control-Allow-Headers', allowHeaders],
      ...(exposeHeaders === '' ? [] : ['Access-Control-Expose-Headers', exposeHeaders]),
      ...['Access-Control-Max-Age', String(maxAge)],
    ],
  };
}

/** The first `*` stands for a label. */
function originPattern(origin: string): string {
  return origin.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace('\\*', '[A-Za-z0-9\\-]+');
}

/** Headers that the answer gets; undefined where the origin is none of those that may ask. */
export function corsHeaders(context: RequestContext, { origin, headers }: CompiledCors): string[] | undefined {
  if (origin === undefined) return ['Access-Control-Allow-Origin', '*', ...headers];
  const asked = httpVariable(context.request.headers, 'origin', context.running.names) ?? '';
  if (!origin.test(asked)) return undefined;
  return asked === '' ? [...headers] : ['Access-Control-Allow-Origin', asked, ...headers];
}
