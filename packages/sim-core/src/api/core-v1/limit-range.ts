import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { CREATED_AT, NAME } from '../columns.ts';
import { setLimitRangeDefaults } from './limit-range/defaults.ts';
import { validateLimitRange } from './limit-range/validation.ts';

/** core/v1 LimitRange. */
export interface LimitRange {
  apiVersion: 'v1';
  kind: 'LimitRange';
  metadata: ObjectMeta;
  spec?: { limits: LimitRangeItem[] };
}

export interface LimitRangeItem {
  type: string;
  max?: Record<string, string>;
  min?: Record<string, string>;
  default?: Record<string, string>;
  defaultRequest?: Record<string, string>;
  maxLimitRequestRatio?: Record<string, string>;
}

export const limitRanges = defineKind<LimitRange>({
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  resource: 'limitranges',
  singular: 'limitrange',
  shortNames: ['limits'],
  namespaced: true,
  setDefaults: setLimitRangeDefaults,
  validate: validateLimitRange,
  columns: [NAME, CREATED_AT],
});
