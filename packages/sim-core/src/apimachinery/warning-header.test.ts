import { expect, test } from 'vitest';
import { warningHeader } from '../kube-apiserver/http/responses.ts';
import { warningTexts } from './warning-header.ts';

test('reads what the API server writes, quotes and commas included', () => {
  const warnings = ['spec.a: "x", deprecated', 'a back\\slash', 'another'];
  expect(warningTexts(warningHeader(warnings).warning ?? '')).toEqual(warnings);
  expect(warningTexts('')).toEqual([]);
});
