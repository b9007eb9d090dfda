import type { Answer } from '../answer.ts';
import type { CompiledLocation } from '../compile.ts';
import type { RequestContext } from '../request-context.ts';
import { httpVariable } from '../variables.ts';
import { authRequest } from './auth-request.ts';
import { signinAnswer } from './signin.ts';

/**
 * Who may come in: by address, by password, by what another service says (ngx_http_access_module, auth_basic, auth_request, in
 * this order). With `satisfy any` one of them is enough.
 */
export function access(context: RequestContext): Answer | undefined | Promise<Answer | undefined> {
  const location = context.location as CompiledLocation;
  const any = location.location.directives.satisfy === 'any';
  const address = byAddress(context, location);
  if (address === 'out' && !any) return FORBIDDEN;
  if (address === 'in' && any) return undefined;
  const password = location.passwords === undefined ? undefined : byPassword(context, location);
  if (password === 'in' && any) return undefined;
  if (password === 'out' && !any) return unauthorized(context, location);
  if (location.authRequest !== undefined) return authRequest(context, location.authRequest);
  if (password === 'out') return unauthorized(context, location);
  return address === 'out' ? FORBIDDEN : undefined;
}

const FORBIDDEN: Answer = Object.freeze({ status: 403, reason: 'access-denied' });

/** Undefined: there is no list. */
function byAddress({ remoteAddr }: RequestContext, { deny, allow }: CompiledLocation): 'in' | 'out' | undefined {
  if (deny?.has(remoteAddr) === true) return 'out';
  if (allow === undefined) return undefined;
  return allow.has(remoteAddr) ? 'in' : 'out';
}

function byPassword(context: RequestContext, { passwords }: CompiledLocation): 'in' | 'out' {
  const header = httpVariable(context.request.headers, 'authorization', context.running.names) ?? '';
  const [, encoded = ''] = /^Basic +(\S+)$/i.exec(header) ?? [];
  const credentials = decode(encoded);
  const colon = credentials.indexOf(':');
  if (colon < 0) return 'out';
  context.remoteUser = credentials.slice(0, colon);
  return passwords?.fits(context.remoteUser, credentials.slice(colon + 1)) === true ? 'in' : 'out';
}

/** Bytes are read as UTF-8, as password files are written. */
function decode(base64: string): string {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return '';
  }
}

function unauthorized(context: RequestContext, { location, signin }: CompiledLocation): Answer {
  const realm = (location.directives.authBasic?.realm ?? '').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  if (signin !== undefined) return signinAnswer(context, signin);
  return { status: 401, reason: 'unauthorized', headers: ['WWW-Authenticate', `Basic realm="${realm}"`] };
}
