import { describe, expect, test } from 'vitest';
import { ConnectionRefused } from './connection.ts';
import { failure } from './kubectl-error.ts';
import { errorText, ServerError, serverError } from './server-error.ts';

const said = (status: object, code = 422) => errorText(new ServerError(code, status as never), 'x:1');

describe('what is printed for an error', () => {
  test('of the server, with its reason', () => {
    expect(said({ reason: 'NotFound', message: 'pods "a" not found' })).toBe(
      'Error from server (NotFound): pods "a" not found',
    );
    expect(said({ message: 'boom' })).toBe('Error from server: boom');
    expect(said({ reason: 'Unauthorized', message: 'Unauthorized' })).toBe(
      'error: You must be logged in to the server (Unauthorized)',
    );
  });

  test('of content that is invalid: its causes, without where it came from', () => {
    const details = { kind: 'Service', name: 'web', causes: [{ field: 'spec.ports', message: 'Required value' }] };
    expect(said({ reason: 'Invalid', message: 'x', details })).toBe(
      'The Service "web" is invalid: spec.ports: Required value',
    );
    const two = { ...details, causes: [...details.causes, { field: 'spec.type', message: 'Unsupported value' }] };
    expect(said({ reason: 'Invalid', details: two })).toBe(
      'The Service "web" is invalid: \n* spec.ports: Required value\n* spec.type: Unsupported value',
    );
    expect(said({ reason: 'Invalid', details: { causes: details.causes } })).toBe(
      'The request is invalid: spec.ports: Required value',
    );
    expect(said({ reason: 'Invalid', message: 'no' })).toBe('The request is invalid: no');
  });

  test('of nobody, and of kubectl itself', () => {
    expect(errorText(new ConnectionRefused(), '127.0.0.1:1')).toBe(
      'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?',
    );
    expect(errorText(failure('no'), '')).toBe('error: no');
    expect(() => errorText(new Error('ours'), '')).toThrow('ours');
  });

  test('an answer that is no Status', () => {
    const answer = { headers: {}, warnings: [] };
    expect(serverError({ ...answer, status: 404, body: '404 page not found' }).message).toBe(
      'the server could not find the requested resource',
    );
    expect(serverError({ ...answer, status: 500, body: 'boom\n' }).message).toBe('boom');
  });
});
