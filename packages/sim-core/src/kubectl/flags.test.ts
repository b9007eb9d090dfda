import { describe, expect, test } from 'vitest';
import { parseLine } from './flags.ts';

const FLAGS = {
  selector: { type: 'string', short: 'l', default: '' },
  watch: { type: 'bool', short: 'w' },
  tty: { type: 'bool', short: 't' },
  env: { type: 'list', short: 'e' },
  replicas: { type: 'int', default: 1 },
} as const;

const parse = (...argv: string[]) => parseLine('get', FLAGS, argv);

describe('a command line', () => {
  test('flags in every spelling, anywhere', () => {
    const { flags, args } = parse(
      'pods',
      '-l',
      'a=b',
      '-wt',
      '--replicas=3',
      '-nshop',
      '-e',
      'A=1',
      '--env',
      'B=2',
      'web',
    );
    expect(args).toEqual(['pods', 'web']);
    expect([flags.text('selector'), flags.text('namespace'), flags.number('replicas')]).toEqual(['a=b', 'shop', 3]);
    expect([flags.is('watch'), flags.is('tty'), flags.list('env')]).toEqual([true, true, ['A=1', 'B=2']]);
    expect(parse('-l=a=b', '--watch=false').flags.is('watch')).toBe(false);
  });

  test('behind -- nothing is a flag', () => {
    const { args, dash } = parse('web', '--', 'sh', '-c', 'x');
    expect({ args, dash }).toEqual({ args: ['web', 'sh', '-c', 'x'], dash: 1 });
  });

  test.each([
    [['--foo'], 'unknown flag: --foo'],
    [['-x'], "unknown shorthand flag: 'x' in -x"],
    [['-l'], "flag needs an argument: 'l' in -l"],
    [['--selector'], 'flag needs an argument: --selector'],
    [['--replicas=x'], 'invalid argument "x" for "--replicas" flag: strconv.ParseInt: parsing "x": invalid syntax'],
  ])('%j', (argv, message) => {
    expect(() => parse(...argv)).toThrow(`error: ${message}\nSee 'kubectl get --help' for usage.`);
  });
});
