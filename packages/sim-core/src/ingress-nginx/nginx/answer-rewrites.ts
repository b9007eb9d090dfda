import type { Regex } from '../../apimachinery/regex/regex.ts';
import { absoluteUrl } from './absolute-url.ts';
import type { LocationDirectives } from './directives.ts';
import { compileExpression, type Expression } from './expression.ts';
import { compilePcre } from './pcre.ts';
import { readRawWords, refuseNext } from './raw-words.ts';
import type { RequestContext } from './request-context.ts';

/** What a location changes in the headers of a pod's answer (ngx_http_proxy_module.c). */
export interface AnswerRewrites {
  /** Of Location and Refresh. */
  readonly redirect: ValueRewrite | undefined;
  /** Of attributes of Set-Cookie. */
  readonly domain: ValueRewrite | undefined;
  readonly path: ValueRewrite | undefined;
}

/** The new value; undefined where it does not fit. */
type ValueRewrite = (context: RequestContext, value: string) => string | undefined;

/** Ready for requests; undefined where nothing is to be changed. @throws Error in nginx's words */
export function compileAnswerRewrites(directives: LocationDirectives): AnswerRewrites | undefined {
  const { proxyCookieDomain, proxyCookiePath } = directives;
  const redirect = compileRedirect(directives);
  const domain = compileCookie('proxy_cookie_domain', proxyCookieDomain, compileDomain);
  const path = compileCookie('proxy_cookie_path', proxyCookiePath, compilePath);
  return redirect === undefined && domain === undefined && path === undefined ? undefined : { redirect, domain, path };
}

/** A header's value as the client gets it. @param name lower case */
export function rewriteHeader(context: RequestContext, rewrites: AnswerRewrites, name: string, value: string): string {
  const { redirect } = rewrites;
  if (name === 'set-cookie') return rewriteCookie(context, rewrites, value);
  if (redirect === undefined) return value;
  if (name === 'location') return rewriteLocation(context, redirect, value);
  return name === 'refresh' ? rewriteRefresh(context, redirect, value) : value;
}

/** A path that nginx put in gets scheme and host, as in redirects of its own; a pod's own path stays (ngx_http_header_filter). */
function rewriteLocation(context: RequestContext, redirect: ValueRewrite, value: string): string {
  const target = redirect(context, value);
  return target === undefined ? value : absoluteUrl(context, target);
}

/** What stands behind `url=` (ngx_http_upstream_rewrite_refresh). */
function rewriteRefresh(context: RequestContext, redirect: ValueRewrite, value: string): string {
  const at = value.toLowerCase().indexOf('url=');
  if (at < 0) return value;
  const start = at + 'url='.length;
  const target = redirect(context, value.slice(start));
  return target === undefined ? value : value.slice(0, start) + target;
}

/** Written anew, without the blanks around `=`, only where an attribute changed (ngx_http_proxy_rewrite_cookie). */
function rewriteCookie(context: RequestContext, { domain, path }: AnswerRewrites, cookie: string): string {
  const [pair = '', ...attributes] = cookie.split(';').map((part) => part.replace(BLANKS, '').replace(/ *= */, '='));
  if (!pair.includes('=')) return cookie;
  let changed = false;
  const rewritten = attributes.map((attribute) => {
    const [, name = '', value = ''] = /^(domain|path)=(.*)$/i.exec(attribute) ?? [];
    const rewrite = name === '' ? undefined : name.toLowerCase() === 'path' ? path : domain;
    const next = rewrite?.(context, value);
    if (next === undefined) return attribute;
    changed = true;
    return `${name}=${next}`;
  });
  return changed ? [pair, ...rewritten].join('; ').trimEnd() : cookie;
}

const BLANKS = /^ +| +$/g;

function compileRedirect({
  proxyRedirectFrom: from,
  proxyRedirectTo: to,
}: LocationDirectives): ValueRewrite | undefined {
  // Pods know nothing of the upstream's name, which `default` would look for.
  if (from === 'off' || from === 'default' || to === 'off') return undefined;
  const [pattern, replacement] = parametersOf('proxy_redirect', `${from} ${to}`);
  return compilePath(pattern, replacement);
}

function compileCookie(
  directive: string,
  text: string,
  compile: (pattern: string, replacement: string) => ValueRewrite,
): ValueRewrite | undefined {
  return text === 'off' ? undefined : compile(...parametersOf(directive, text));
}

function parametersOf(directive: string, text: string): [pattern: string, replacement: string] {
  const read = readRawWords(directive, text);
  const [pattern = '', replacement, ...more] = read.words;
  if (more.length > 0 || pattern === '')
    throw new Error(`nginx: [emerg] invalid number of arguments in "${directive}" directive`);
  if (replacement === undefined) throw new Error(`nginx: [emerg] invalid parameter "${pattern}"`);
  refuseNext(read);
  return [pattern, replacement];
}

/** A regex, or the beginning of the value (ngx_http_proxy_rewrite_complex_handler). */
function compilePath(pattern: string, replacement: string): ValueRewrite {
  const to = compileExpression(replacement);
  if (pattern.startsWith('~*')) return byRegex(compilePcre(pattern.slice(2), 'i'), to);
  if (pattern.startsWith('~')) return byRegex(compilePcre(pattern.slice(1)), to);
  const from = compileExpression(pattern);
  return (context, value) => {
    const start = from(context);
    return value.startsWith(start) ? to(context) + value.slice(start.length) : undefined;
  };
}

/** A regex, or the whole value whatever its case; a dot in front counts nowhere (ngx_http_proxy_rewrite_domain_handler). */
function compileDomain(pattern: string, replacement: string): ValueRewrite {
  const to = compileExpression(replacement.replace(/^\./, ''));
  if (pattern.startsWith('~')) return byRegex(compilePcre(pattern.slice(1), 'i'), to);
  const from = compileExpression(pattern.replace(/^\./, ''));
  return (context, value) => {
    const dot = value.startsWith('.') ? '.' : '';
    const fits = value.slice(dot.length).toLowerCase() === from(context).toLowerCase();
    return fits ? dot + to(context) : undefined;
  };
}

/** The whole value is replaced; `$1` and so on are what was caught (ngx_http_proxy_rewrite_regex_handler). */
function byRegex(regex: Regex, to: Expression): ValueRewrite {
  return (context, value) => {
    const captures = regex.exec(value);
    if (captures === null) return undefined;
    context.captures = captures;
    return to(context);
  };
}
