import { isFields, type Path } from '../../manifest/document.ts';
import { formatFieldPath } from '../../manifest/field-path.ts';
import { nearest } from '../../manifest/nearest.ts';
import type { Reader } from '../../scenario/reader.ts';
import { isOperator, OPERATORS } from './operators.ts';

/** What a value should be: a literal, a mapping of which every field should fit, or a mapping of operators (`$atLeast: 2`). */
export type Expectation = unknown;

/** Reads an expectation; misspelt operators, and values that they cannot have, are complained about. */
export function readExpectation(reader: Reader, field: string): Expectation {
  const value = reader.anything(field);
  for (const { path, message } of problemsOf(value, [])) reader.complain(field, message, formatFieldPath(path));
  return value;
}

function problemsOf(value: unknown, path: Path): { path: Path; message: string }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => problemsOf(item, [...path, index]));
  if (!isFields(value)) return [];
  const keys = Object.keys(value);
  const operators = keys.filter((key) => key.startsWith('$'));
  if (operators.length > 0 && operators.length < keys.length)
    return [{ path, message: `${operators.join(', ')} and fields do not mix in one mapping` }];
  return keys.flatMap((key) => [...problemOfKey(key, value[key], path), ...problemsOf(value[key], [...path, key])]);
}

function problemOfKey(key: string, value: unknown, path: Path): { path: Path; message: string }[] {
  if (!key.startsWith('$')) return [];
  if (!isOperator(key)) {
    const known = Object.keys(OPERATORS);
    const meant = nearest(key, known);
    const question = meant === undefined ? ';' : `, did you mean ${meant}?`;
    return [{ path: [...path, key], message: `unknown operator${question} known: ${known.join(', ')}` }];
  }
  const message = OPERATORS[key]?.refuse?.(value);
  return message === undefined ? [] : [{ path: [...path, key], message }];
}
