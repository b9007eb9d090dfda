import { negate, oneOf } from './character-set.ts';
import { ANY_BUT_NEWLINE, type Dialect, type Mistake } from './syntax.ts';

/** As a RegExp without flags reads it. Mistakes are for the RegExp to tell. */
export const JAVASCRIPT: Dialect = Object.freeze({
  name: 'javascript',
  any: Object.freeze(negate(oneOf('\n\r\u2028\u2029'))),
  space: Object.freeze(oneOf('\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff')),
  dollar: 'end',
  keepsCaptures: false,
  mostTimes: 1000,
  mistake: (kind: Mistake) => kind,
});

const GO: Readonly<Record<Mistake, string>> = Object.freeze({
  'class-name': 'invalid character class range',
  'class-without-end': 'missing closing ]',
  escape: 'invalid escape sequence',
  'escape-at-end': 'trailing backslash at end of expression',
  'group-head': 'invalid or unsupported Perl syntax',
  'group-name': 'invalid named capture',
  'group-name-twice': 'duplicate capture group name',
  'group-without-begin': 'unexpected )',
  'group-without-end': 'missing closing )',
  'nothing-to-repeat': 'missing argument to repetition operator',
  'repeated-twice': 'invalid nested repetition operator',
  'range-order': 'invalid character class range',
  'times-order': 'invalid repeat count',
  'too-large': 'expression too large',
  'too-many-times': 'invalid repeat count',
});

/** Mistakes of which Go quotes the whole regex. */
const WHOLE: ReadonlySet<Mistake> = new Set(['group-without-begin', 'group-without-end', 'too-large']);

/** As Go's regexp reads it (regexp/syntax). */
export const GO_REGEXP: Dialect = Object.freeze({
  name: 'go',
  any: ANY_BUT_NEWLINE,
  space: Object.freeze(oneOf('\t\n\f\r ')),
  dollar: 'end',
  keepsCaptures: true,
  mostTimes: 1000,
  mistake: (kind: Mistake, source: string, begin: number, end: number) =>
    `${GO[kind]}: \`${WHOLE.has(kind) ? source : source.slice(begin, end)}\``,
});

const PCRE_MISTAKES: Readonly<Record<Mistake, string>> = Object.freeze({
  'class-name': 'unknown POSIX class name',
  'class-without-end': 'missing terminating ] for character class',
  escape: 'unrecognized character follows \\',
  'escape-at-end': '\\ at end of pattern',
  'group-head': 'unrecognized character after (? or (?-',
  'group-name': 'syntax error in subpattern name (missing terminator?)',
  'group-name-twice': 'two named subpatterns have the same name (PCRE2_DUPNAMES not set)',
  'group-without-begin': 'unmatched closing parenthesis',
  'group-without-end': 'missing closing parenthesis',
  'nothing-to-repeat': 'quantifier does not follow a repeatable item',
  'repeated-twice': 'quantifier does not follow a repeatable item',
  'range-order': 'range out of order in character class',
  'times-order': 'numbers out of order in {} quantifier',
  'too-large': 'regular expression is too large',
  'too-many-times': 'number too big in {} quantifier',
});

/** As nginx has PCRE2 read it, and tells of mistakes (src/core/ngx_regex.c, ngx_regex_compile; pcre2_error.c). */
export const PCRE: Dialect = Object.freeze({
  name: 'pcre',
  any: ANY_BUT_NEWLINE,
  space: Object.freeze(oneOf('\t\n\v\f\r ')),
  dollar: 'last',
  keepsCaptures: true,
  mostTimes: 65_535,
  mistake: (kind: Mistake, source: string, _begin: number, end: number) =>
    `pcre2_compile() failed: ${PCRE_MISTAKES[kind]} in "${source}"${end < source.length ? ` at "${source.slice(end)}"` : ''}`,
});
