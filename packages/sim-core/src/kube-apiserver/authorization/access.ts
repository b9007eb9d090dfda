import { newUnauthorized } from '../../apimachinery/status-error.ts';
import type { Store } from '../../etcd/store.ts';
import type { Clock } from '../../sim/clock.ts';
import type { Random } from '../../sim/random.ts';
import { ADMIN, ANONYMOUS, type AuthenticatorParts, authenticate } from '../authentication/authenticator.ts';
import { impersonate } from '../authentication/impersonation.ts';
import { ServiceAccountTokens } from '../authentication/service-account-token.ts';
import type { UserInfo } from '../authentication/user-info.ts';
import { type Attributes, newForbiddenRequest } from './attributes.ts';
import type { Authorizer } from './authorizer.ts';

/** What access control is made of. */
export interface AccessParts {
  store: Store;
  clock: Clock;
  random: Random;
  authorizer: Authorizer;
  /** The administrator's token; without it only service accounts come in. */
  adminToken?: string | undefined;
}

/** What of a request says who sends it. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly path: string;
  /** Set for plain http, where kubectl sends no token: who brings none is the administrator. */
  readonly trusted?: boolean;
}

/** Who may do what: tokens, impersonation and rules. */
export interface Access extends AuthenticatorParts {
  readonly authorizer: Authorizer;
  /** As whom a request acts. @throws StatusError Unauthorized; Forbidden when the sender may not act as the one it names */
  authenticate(credentials: Credentials): UserInfo;
  /** @throws StatusError Forbidden; Unauthorized for strangers */
  authorize(attributes: Attributes): void;
}

/** Builds access control; it reads what it decides by from the store. */
export function createAccess({ store, clock, random, authorizer, adminToken }: AccessParts): Access {
  const tokens = new ServiceAccountTokens({ store, clock, random, secret: adminToken ?? '' });
  const senderOf = ({ headers, trusted = false }: Credentials): UserInfo => {
    const sender = authenticate(headers['authorization'], { adminToken, tokens });
    if (sender === undefined) throw newUnauthorized();
    return trusted && sender === ANONYMOUS ? ADMIN : sender;
  };
  return {
    adminToken,
    tokens,
    authorizer,
    authenticate: (from) => impersonate(senderOf(from), from.headers, from.path, authorizer),
    authorize(attributes) {
      const { allowed, reason } = authorizer.authorize(attributes);
      if (allowed) return;
      // A real server calls strangers system:anonymous and forbids; here they hear at once that credentials are missing.
      throw attributes.user === ANONYMOUS ? newUnauthorized() : newForbiddenRequest(attributes, reason);
    },
  };
}
