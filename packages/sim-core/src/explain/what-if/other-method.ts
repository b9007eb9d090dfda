import { type Changes, withHeader } from './change.ts';

const METHODS: readonly string[] = Object.freeze(['GET', 'OPTIONS', 'POST']);

/** Another method, without a body. */
export const otherMethod: Changes = ({ sent }) =>
  METHODS.filter((method) => method !== sent.method).map((method) => ({
    change: `as ${method}`,
    request: { ...withHeader(sent, 'Content-Length', undefined), method },
  }));
