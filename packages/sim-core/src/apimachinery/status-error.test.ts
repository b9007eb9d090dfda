import { describe, expect, it } from 'vitest';
import { invalid, required } from './field-error.ts';
import * as errors from './status-error.ts';

const deployments = { group: 'apps', resource: 'deployments' };
const services = { group: '', resource: 'services' };

describe('status errors', () => {
  it('is an Error that carries the whole Status', () => {
    const error = errors.newInvalid({ group: 'autoscaling', kind: 'Scale' }, 'web', [
      invalid('spec.replicas', -1, 'must be greater than or equal to 0'),
    ]);
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe(error.status.message);
    expect(error.status).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message:
        'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      reason: 'Invalid',
      details: {
        name: 'web',
        group: 'autoscaling',
        kind: 'Scale',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: 'Invalid value: -1: must be greater than or equal to 0',
            field: 'spec.replicas',
          },
        ],
      },
      code: 422,
    });
  });

  it('lists several causes in brackets and leaves out the core group', () => {
    const error = errors.newInvalid({ group: '', kind: 'Service' }, 'web', [required('a'), required('b')]);
    expect(error.message).toBe('Service "web" is invalid: [a: Required value, b: Required value]');
    expect(error.status.details).not.toHaveProperty('group');
    expect(errors.newInvalid({ group: '', kind: 'Pod' }, 'p', []).message).toBe('Pod "p" is invalid');
  });

  it.each([
    [errors.newNotFound(deployments, 'nope'), 404, 'deployments.apps "nope" not found'],
    [errors.newAlreadyExists(services, 'web'), 409, 'services "web" already exists'],
    [
      errors.newConflict(services, 'web'),
      409,
      'Operation cannot be fulfilled on services "web": the object has been modified; please apply your changes to the latest version and try again',
    ],
    [errors.newConflict(services, 'web', 'no'), 409, 'Operation cannot be fulfilled on services "web": no'],
    [errors.newForbidden(services, 'web', 'no'), 403, 'services "web" is forbidden: no'],
    [errors.newForbidden(services, '', 'no'), 403, 'services is forbidden: no'],
    [errors.newForbidden({ group: '', resource: '' }, '', 'no'), 403, 'forbidden: no'],
    [errors.newBadRequest('bad'), 400, 'bad'],
    [errors.newResourceExpired('too old resource version: 1 (2)'), 410, 'too old resource version: 1 (2)'],
    [errors.newInternalError('x'), 500, 'Internal error occurred: x'],
  ])('%s', (error, code, message) => {
    expect(error.status.code).toBe(code);
    expect(error.message).toBe(message);
  });

  it('tells reasons apart', () => {
    expect(errors.hasReason(errors.newNotFound(services, 'a'), 'NotFound')).toBe(true);
    expect(errors.hasReason(errors.newNotFound(services, 'a'), 'Conflict')).toBe(false);
    expect(errors.hasReason(new Error('x'), 'NotFound')).toBe(false);
  });
});
