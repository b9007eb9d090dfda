import { finishAuth } from './auth/finish-auth.ts';
import { finishAuthRequest } from './auth-request/finish-auth-request.ts';
import { finishAuthTls } from './auth-tls/finish-auth-tls.ts';
import { finishCors } from './cors/finish-cors.ts';
import { finishFastcgi } from './fastcgi/finish-fastcgi.ts';
import { finishErrorPages, finishHeaders } from './finish-objects.ts';
import { finishLimits } from './limit/finish-limits.ts';
import type { Finish } from './lookup.ts';
import { finishMirror } from './mirror/finish-mirror.ts';
import { finishOpentelemetry } from './opentelemetry/finish-opentelemetry.ts';
import { finishProxySsl } from './proxy-ssl/finish-proxy-ssl.ts';
import { finishRedirect } from './redirect/finish-redirect.ts';

/** Every group of annotations that acts together. */
export const FINISHES: readonly Finish[] = Object.freeze([
  finishRedirect,
  finishCors,
  finishAuth,
  finishAuthRequest,
  finishAuthTls,
  finishProxySsl,
  finishFastcgi,
  finishLimits,
  finishMirror,
  finishOpentelemetry,
  finishErrorPages,
  finishHeaders,
]);
