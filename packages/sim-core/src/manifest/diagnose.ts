import type { CodeLine } from './code-lines.ts';
import { findForeignObject } from './foreign-object.ts';
import { findForeignText, findProse } from './foreign-text.ts';
import { findLookAlike } from './look-alikes.ts';
import { findLostIndentation } from './lost-indentation.ts';
import type { YamlFailure } from './parse-document.ts';
import type { Finding } from './problem.ts';
import { explainSyntaxError } from './syntax-error.ts';
import { notAnObject } from './type-meta.ts';

/** Why a document could not be read: what it is instead, what spoilt it, or else what YAML does not like about it. */
export function diagnoseFailure(text: string, lines: readonly CodeLine[], failure: YamlFailure): Finding {
  return (
    findForeignText(text, lines) ??
    findLookAlike(lines) ??
    findLostIndentation(text, lines) ??
    findProse(lines) ??
    explainSyntaxError(text, lines, failure)
  );
}

/** What a document is that is YAML but no mapping. */
export function diagnoseNoObject(text: string, lines: readonly CodeLine[], value: unknown, file: string): Finding {
  return (
    findForeignText(text, lines) ??
    findForeignObject(value, file) ??
    findLookAlike(lines) ??
    findProse(lines) ??
    notAnObject(value)
  );
}
