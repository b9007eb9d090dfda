import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { checkFeed, checkHost, checkSession, checkWrite, type GuardOptions } from './guard.ts';

const OPTIONS: GuardOptions = {
  token: 'secret-token',
  hosts: new Set(['127.0.0.1:8088', 'localhost:8088', '[::1]:8088']),
  origins: new Set(['http://127.0.0.1:8088', 'http://localhost:8088']),
  cookieName: 'sid_8088',
};
const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;
const json = { 'content-type': 'application/json' };
const bearer = { authorization: 'Bearer secret-token' };
const cookie = { cookie: 'other=1; sid_8088=secret-token' };

describe('the guard of the control API', () => {
  it.each([
    [{ host: '127.0.0.1:8088' }, undefined],
    [{ host: 'LOCALHOST:8088' }, undefined],
    [{ host: 'evil.test:8088' }, 421],
    [{ host: '127.0.0.1:9999' }, 421],
    [{}, 421],
  ])('checks the Host %j', (headers, status) => {
    expect(checkHost(request(headers as Record<string, string>), OPTIONS)?.status).toBe(status);
  });

  it.each([
    [bearer, undefined],
    [cookie, undefined],
    [{}, 401],
    [{ authorization: 'Bearer wrong' }, 401],
    [{ cookie: 'sid_8089=secret-token' }, 401],
  ])('checks the session %j', (headers, status) => {
    expect(checkSession(request(headers as Record<string, string>), OPTIONS)?.status).toBe(status);
  });

  it.each([
    [{ ...bearer, ...json }, undefined],
    [{ ...cookie, ...json, origin: 'http://127.0.0.1:8088' }, undefined],
    [{ ...cookie, ...json, origin: 'http://127.0.0.1:9999' }, 403],
    [{ ...cookie, ...json, origin: 'null' }, 403],
    [{ ...cookie, ...json }, 403],
    [{ ...cookie, ...json, origin: 'http://127.0.0.1:8088', 'sec-fetch-site': 'same-site' }, 403],
    [{ ...bearer, 'content-type': 'text/plain' }, 415],
    [{ ...bearer }, 415],
  ])('checks a write with %j', (headers, status) => {
    expect(checkWrite(request(headers as Record<string, string>), OPTIONS)?.status).toBe(status);
  });

  it.each([
    [{ ...cookie, origin: 'http://127.0.0.1:8088' }, undefined],
    [{ ...cookie }, 403],
    [{ ...bearer }, 403],
    [{ ...cookie, origin: 'http://127.0.0.1:8080' }, 403],
    [{ origin: 'http://127.0.0.1:8088' }, 401],
  ])('checks the feed with %j', (headers, status) => {
    expect(checkFeed(request(headers as Record<string, string>), OPTIONS)?.status).toBe(status);
  });
});
