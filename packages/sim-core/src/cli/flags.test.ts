import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CliError } from './exit-codes.ts';
import { describeFlags, parseFlags } from './flags.ts';

const FLAGS = {
  'http-port': { type: 'port', help: 'edge port', default: 8080 },
  'cloud-delay': { type: 'duration', help: 'until a load balancer answers' },
  output: { type: 'text', help: 'how to print', oneOf: ['text', 'json'], default: 'text' },
  open: { type: 'switch', help: 'open the page', default: true },
  header: { type: 'list', help: 'a header' },
  seed: { type: 'text', help: 'seed' },
} as const;

describe('parseFlags', () => {
  it.each([
    [['--classroom'], 8090, []],
    [['--classroom', 'a.yaml'], 8090, ['a.yaml']],
    [['--classroom', '9000', 'a.yaml'], 9000, ['a.yaml']],
    [['--classroom=0'], 0, []],
    [[], undefined, []],
  ])('a port that may stand alone: %j', (argv, classroom, positionals) => {
    const known = { classroom: { type: 'port', bare: 8090, help: 'for a class' } } as const;
    expect(parseFlags(known, argv)).toMatchObject({ flags: { classroom }, positionals });
  });

  it('takes values in both spellings, switches and their negation, lists and positionals', () => {
    const { flags, positionals, given } = parseFlags(FLAGS, [
      'a.yaml',
      '--http-port=0',
      '--cloud-delay',
      '3s',
      '--no-open',
      '--header',
      'FOO: bar',
      '--header=X: y',
      '--',
      '--b.yaml',
    ]);
    expect(flags).toEqual({
      'http-port': 0,
      'cloud-delay': 3000,
      output: 'text',
      open: false,
      header: ['FOO: bar', 'X: y'],
      seed: undefined,
    });
    expect(positionals).toEqual(['a.yaml', '--b.yaml']);
    expect([...given]).toEqual(['http-port', 'cloud-delay', 'open', 'header']);
  });

  it('keeps - as a file name', () => {
    expect(parseFlags(FLAGS, ['-']).positionals).toEqual(['-']);
  });

  it.each([
    [['--http-prot', '1'], 'unknown flag --http-prot, did you mean --http-port?'],
    [['--zzzzzzzz'], 'unknown flag --zzzzzzzz; see --help'],
    [['-p'], 'unknown flag -p; flags are written with two dashes, see --help'],
    [['--seed'], '--seed needs a value: --seed text'],
    [['--http-port', '70000'], '--http-port takes a port from 0 to 65535, not "70000"'],
    [['--http-port', ''], '--http-port takes a port from 0 to 65535, not ""'],
    [['--cloud-delay', 'soon'], '--cloud-delay takes a duration such as 3s or 500ms, not "soon"'],
    [['--output', 'xml'], '--output takes text or json, not "xml"'],
    [['--__proto__', 'x'], 'unknown flag --__proto__; see --help'],
  ])('refuses %j', (argv, message) => {
    expect(() => parseFlags(FLAGS, argv)).toThrow(new CliError(2, message));
  });

  it('never throws anything but a CliError', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('--', '--http-port', '--open=false', '--header'))),
        (argv) => {
          try {
            parseFlags(FLAGS, argv);
          } catch (error) {
            expect(error).toBeInstanceOf(CliError);
          }
        },
      ),
    );
  });
});

describe('describeFlags', () => {
  it('aligns the help and names defaults', () => {
    expect(describeFlags({ 'http-port': FLAGS['http-port'], open: FLAGS.open })).toEqual([
      '  --http-port port  edge port (default 8080)',
      '  --open            open the page (default true)',
    ]);
  });
});

describe('numbers', () => {
  const NUMBERS = {
    requests: { type: 'number', help: 'how many', whole: true, least: 1 },
    speed: { type: 'number', help: 'how fast', least: 0.01, most: 1000 },
    delay: { type: 'duration', help: 'how long' },
  } as const;

  it('keep to their bounds', () => {
    expect(parseFlags(NUMBERS, ['--requests', '1', '--speed', '0.5', '--delay', '0s']).flags).toEqual({
      requests: 1,
      speed: 0.5,
      delay: 0,
    });
    const refused = (...argv: string[]) => expect(() => parseFlags(NUMBERS, argv));
    for (const value of ['0', '-5', '1.5', 'x', '', 'Infinity'])
      refused('--requests', value).toThrow(`--requests takes a whole number of at least 1, not "${value}"`);
    for (const value of ['0', '-1', '1e6'])
      refused('--speed', value).toThrow(`--speed takes a number from 0.01 to 1000, not "${value}"`);
    refused('--delay', '-3s').toThrow('--delay takes a duration');
  });
});
