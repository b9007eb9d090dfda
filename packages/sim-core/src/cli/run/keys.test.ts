import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { actionsIn, isInBackground, type KeyAction, onKeys } from './keys.ts';

it('a terminal gives keys', () => {
  expect(actionsIn('\r', true)).toEqual(['apply']);
  expect(actionsIn('drxoq', true)).toEqual(['diff', 'reset', 'open', 'quit']);
  expect(actionsIn('\u0003', true)).toEqual(['quit']);
});

it('a pipe gives lines: a letter with its newline is one key', () => {
  expect(actionsIn('\n', false)).toEqual(['apply']);
  expect(actionsIn('d\n', false)).toEqual(['diff']);
  expect(actionsIn('d\n\nq', false)).toEqual(['diff', 'apply', 'quit']);
  expect(actionsIn('r\r\n', false)).toEqual(['reset']);
  expect(actionsIn('constructor\n', false)).toEqual([]);
});

it('listens until it is stopped', () => {
  const input = new PassThrough();
  const heard: KeyAction[] = [];
  const stop = onKeys((action) => heard.push(action), input as never);
  input.emit('data', Buffer.from('d\n'));
  stop();
  input.emit('data', Buffer.from('q\n'));
  expect(heard).toEqual(['diff']);
});

it('takes a terminal as it is keyed, and gives it back', () => {
  const modes: boolean[] = [];
  const terminal = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (raw: boolean) => modes.push(raw) });
  const stop = onKeys(() => {}, terminal as never);
  stop();
  expect(modes.length === 0 || modes.join() === 'true,false').toBe(true);
});

it('knows whether another program has the terminal', () => {
  const stat = (group: number, foreground: number) => `42 (a) b) S 1 ${group} 7 34816 ${foreground} 0`;
  expect(isInBackground(stat(42, 42))).toBe(false);
  expect(isInBackground(stat(42, 40))).toBe(true);
  expect(isInBackground(stat(42, -1))).toBe(false);
  expect(isInBackground('')).toBe(false);
});
