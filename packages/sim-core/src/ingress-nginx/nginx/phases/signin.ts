import type { Answer } from '../answer.ts';
import type { Expression } from '../expression.ts';
import type { RequestContext } from '../request-context.ts';

/** Sends who is not signed in where they can: `error_page 401` leads to a location of its own (nginx.tmpl, buildAuthSignURLLocation). */
export function signinAnswer(context: RequestContext, signin: Expression): Answer {
  const url = signin(context);
  const { scheme, host } = context;
  // A path becomes a URL with nginx's own idea of scheme and host (absolute_redirect).
  return { status: 302, location: url.startsWith('/') ? `${scheme}://${host}${url}` : url, reason: 'signin' };
}
