import { newUnauthorized } from '../../apimachinery/status-error.ts';
import { ADMIN, ANONYMOUS, type AuthenticatorParts, authenticate } from '../authentication/authenticator.ts';
import { impersonate } from '../authentication/impersonation.ts';
import type { UserInfo } from '../authentication/user-info.ts';
import { type Attributes, newForbiddenRequest } from './attributes.ts';
import type { Authorizer } from './authorizer.ts';

/** What access control is made of. */
export interface AccessParts extends AuthenticatorParts {
  readonly authorizer: Authorizer;
}

/** What of a request says who sends it. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly path: string;
  /** Pods have accounts of their own. */
  readonly fromPod?: boolean | undefined;
}

/** Who may do what: tokens, impersonation and rules. */
export interface Access extends AccessParts {
  /** As whom a request acts. @throws StatusError Unauthorized; Forbidden when the sender may not act as the one it names */
  authenticate(credentials: Credentials): UserInfo;
  /** @throws StatusError Forbidden; Unauthorized for strangers */
  authorize(attributes: Attributes): void;
}

/**
 * Builds access control; it reads what it decides by from the store. Without an administrator's token (plain http, where
 * kubectl sends none) whoever brings no credentials is the administrator, unless a web page may have sent them.
 */
export function createAccess(parts: AccessParts): Access {
  const { authorizer, adminToken } = parts;
  const senderOf = ({ headers, fromPod = false }: Credentials): UserInfo => {
    const sender = authenticate(headers['authorization'], parts);
    if (sender === undefined) throw newUnauthorized();
    return sender === ANONYMOUS && adminToken === '' && !fromPod && !isFromPage(headers) ? ADMIN : sender;
  };
  return {
    ...parts,
    authenticate: (from) => impersonate(senderOf(from), from.headers, from.path, authorizer),
    authorize(attributes) {
      const { allowed, reason } = authorizer.authorize(attributes);
      if (allowed) return;
      // A real server calls strangers system:anonymous and forbids; here they hear at once that credentials are missing.
      throw attributes.user === ANONYMOUS ? newUnauthorized() : newForbiddenRequest(attributes, reason);
    },
  };
}

const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/**
 * Whether a page of some site may be behind a request: browsers name the page, or say that it is another site's; a Host that
 * is not this machine's is how pages reach it under a name of their own.
 */
function isFromPage({ origin, host, 'sec-fetch-site': site }: Credentials['headers']): boolean {
  const isForeignHost = host !== undefined && !LOOPBACK_HOST.test(host);
  return origin !== undefined || (site !== undefined && site !== 'none') || isForeignHost;
}
