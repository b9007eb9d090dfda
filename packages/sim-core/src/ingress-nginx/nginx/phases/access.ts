import type { Answer } from '../answer.ts';
import type { CompiledLocation } from '../compile.ts';
import type { Passwords } from '../passwords.ts';
import type { RequestContext } from '../request-context.ts';
import { httpVariable } from '../variables.ts';
import { authDigest } from './auth-digest.ts';
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
  const password = byPassword(context, location);
  if (password === 'in' && any) return undefined;
  if (typeof password === 'object' && !any) return orSignIn(context, location, password);
  if (location.authRequest !== undefined) return authRequest(context, location.authRequest);
  if (typeof password === 'object') return orSignIn(context, location, password);
  return address === 'out' ? FORBIDDEN : undefined;
}

const FORBIDDEN: Answer = Object.freeze({ status: 403, reason: 'access-denied' });

/** Undefined: there is no list. */
function byAddress({ remoteAddr }: RequestContext, { deny, allow }: CompiledLocation): 'in' | 'out' | undefined {
  if (deny?.has(remoteAddr) === true) return 'out';
  if (allow === undefined) return undefined;
  return allow.has(remoteAddr) ? 'in' : 'out';
}

/** Undefined: no password is asked for; an answer asks for one. */
function byPassword(context: RequestContext, location: CompiledLocation): 'in' | Answer | undefined {
  const { passwords, digest } = location;
  if (digest !== undefined) return authDigest(context, digest) ?? 'in';
  if (passwords === undefined) return undefined;
  return fitsPassword(context, passwords) ? 'in' : unauthorized(location);
}

function fitsPassword(context: RequestContext, passwords: Passwords): boolean {
  const header = httpVariable(context.request.headers, 'authorization', context.running.names) ?? '';
  const [, encoded = ''] = /^Basic +(\S+)$/i.exec(header) ?? [];
  const credentials = decode(encoded);
  const colon = credentials.indexOf(':');
  if (colon < 0) return false;
  context.remoteUser = credentials.slice(0, colon);
  return passwords.fits(context.remoteUser, credentials.slice(colon + 1));
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

function unauthorized({ location }: CompiledLocation): Answer {
  const realm = (location.directives.authBasic?.realm ?? '').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return { status: 401, reason: 'unauthorized', headers: ['WWW-Authenticate', `Basic realm="${realm}"`] };
}

/** Every 401 of the location leads to where one can sign in (`error_page 401`). */
function orSignIn(context: RequestContext, { signin }: CompiledLocation, answer: Answer): Answer {
  return signin === undefined ? answer : signinAnswer(context, signin);
}
