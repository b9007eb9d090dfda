import type { Regex } from '../../apimachinery/regex/regex.ts';
import { intern } from '../../workloads/intern.ts';
import type { Server } from './configuration.ts';
import { compileConfRegex } from './pcre.ts';

/** Names of servers as nginx searches them: exact ones, wildcards, then regexes in their order (ngx_http_find_virtual_server). */
export interface ServerNames<T> {
  readonly exact: ReadonlyMap<string, T>;
  /** Hosts with a wildcard, which is one label here (template.go, buildServerName), by what follows it: `foo.test`. */
  readonly wildcard: ReadonlyMap<string, T>;
  /** Aliases with a wildcard, which are nginx's own; undefined without any. */
  readonly patterns: Patterns<T> | undefined;
  /** Aliases that begin with `~`. */
  readonly regexes: readonly { readonly regex: Regex; readonly server: T }[];
}

/** `*.foo.test` by `.foo.test`, and `mail.*` by `mail.`, the longest first. */
interface Patterns<T> {
  readonly ends: readonly (readonly [end: string, server: T])[];
  readonly starts: readonly (readonly [start: string, server: T])[];
}

/** Gathers the names of servers. nginx keeps the first of two equal names and warns of a conflict. */
export class ServerNamesBuilder<T> {
  readonly #exact = new Map<string, T>();
  readonly #wildcard = new Map<string, T>();
  readonly #ends = new Map<string, T>();
  readonly #starts = new Map<string, T>();
  readonly #regexes: { regex: Regex; server: T }[] = [];

  /**
   * @param address on which it listens, as nginx tells it; without one every name is taken
   * @throws Error in nginx's words for a name that is none
   */
  add({ hostname, directives }: Server, server: T, address?: string): void {
    if (hostname.startsWith('*.')) addOnce(this.#wildcard, hostname.slice(2).toLowerCase(), server);
    else this.#addAlias(hostname, server, address);
    for (const alias of directives.serverAlias) this.#addAlias(alias, server, address);
  }

  build(): ServerNames<T> {
    const patterns = { ends: longestFirst(this.#ends), starts: longestFirst(this.#starts) };
    const hasPatterns = this.#ends.size + this.#starts.size > 0;
    return {
      exact: this.#exact,
      wildcard: this.#wildcard,
      patterns: hasPatterns ? patterns : undefined,
      regexes: this.#regexes,
    };
  }

  #addAlias(written: string, server: T, address: string | undefined): void {
    if (written === '~') throw new Error('nginx: [emerg] empty regex in server name "~"');
    if (written.startsWith('~')) {
      const source = written.slice(1);
      this.#regexes.push({ regex: compileConfRegex(source, /[A-Z]/.test(source) ? 'i' : ''), server });
      return;
    }
    if (address !== undefined) refuse(written, address);
    const name = written.toLowerCase();
    if (name.startsWith('*.')) addOnce(this.#ends, name.slice(1), server);
    else if (name.endsWith('.*')) addOnce(this.#starts, name.slice(0, -1), server);
    else if (name.startsWith('.')) {
      addOnce(this.#exact, intern(name.slice(1)), server);
      addOnce(this.#ends, name, server);
    } else addOnce(this.#exact, intern(name), server);
  }
}

/** What a name of a table found. */
export interface NamedServer<T> {
  readonly server: T;
  readonly match: 'exact' | 'wildcard' | 'regex';
}

/** The server that a host names; undefined where none does. @param host lower case, without port */
export function findByName<T>(names: ServerNames<T>, host: string): NamedServer<T> | undefined {
  const exact = names.exact.get(host);
  if (exact !== undefined) return { server: exact, match: 'exact' };
  const wildcard = (names.patterns && findPattern(names.patterns, host)) ?? findWildcard(names, host);
  if (wildcard !== undefined) return { server: wildcard, match: 'wildcard' };
  const named = names.regexes.find(({ regex }) => regex.test(host));
  return named && { server: named.server, match: 'regex' };
}

/** What the template makes of `*.`: exactly one label of letters, digits, `_` and `-`. */
const LABEL = /^[A-Za-z0-9_-]+$/;

function findWildcard<T>({ wildcard }: ServerNames<T>, host: string): T | undefined {
  if (wildcard.size === 0) return undefined;
  const dot = host.indexOf('.');
  const server = dot > 0 ? wildcard.get(host.slice(dot + 1)) : undefined;
  return server !== undefined && LABEL.test(host.slice(0, dot)) ? server : undefined;
}

/** An alias such as `*.foo.test`, of any depth, or `mail.*`. */
function findPattern<T>({ ends, starts }: Patterns<T>, host: string): T | undefined {
  const end = ends.find(([each]) => host.length > each.length && host.endsWith(each));
  return (end ?? starts.find(([each]) => host.length > each.length && host.startsWith(each)))?.[1];
}

/** A star stands at the beginning or the end, once (ngx_hash_add_key). */
function refuse(name: string, address: string): void {
  const isShort = (name.startsWith('*') && (name.length < 3 || name[1] !== '.')) || name === '.';
  if (isShort) throw new Error(`nginx: [emerg] server name "${name}" is invalid`);
  const stars = name.split('*').length - 1;
  const isWildcard = /^\*\../.test(name) || /.\.\*$/.test(name);
  if (stars > 1 || (stars === 1 && !isWildcard) || name.includes('..'))
    throw new Error(`nginx: [emerg] invalid server name or wildcard "${name}" on ${address}`);
}

function addOnce<T>(names: Map<string, T>, name: string, server: T): void {
  if (!names.has(name)) names.set(name, server);
}

function longestFirst<T>(names: ReadonlyMap<string, T>): [string, T][] {
  return [...names].sort(([a], [b]) => b.length - a.length);
}
