import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse as parseJunit } from 'junit2json';
import Papa from 'papaparse';
import { parse as parseHtml } from 'parse5';
import { Parser as TapParser } from 'tap-parser';
import { describe, expect, it } from 'vitest';
import { classroom50 } from './classroom50.ts';
import { csv } from './csv.ts';
import { github } from './github.ts';
import { gradescope } from './gradescope.ts';
import { html } from './html.ts';
import { human } from './human.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';
import { tap } from './tap.ts';
import { CHECKS, check, graded, nasty, printed } from './testing/sample.ts';
import { CLASSROOM50_RESULT, GRADESCOPE_RESULTS } from './testing/schemas.ts';
import { readVpl } from './testing/vpl-reader.ts';
import { vpl } from './vpl.ts';

const ALICE = graded('alice', CHECKS);
const BOB = graded('bob', [check('valid'), check('state')]);

function ajv() {
  const validator = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(validator);
  return validator;
}

describe('human', () => {
  it('tells every check, why, and the next step', () => {
    expect(printed(human, [ALICE])).toMatchInlineSnapshot(`
      "Send 5 % to the canary · alice: 20 of 70 points (30 more could not be checked)
        pass              10/10  valid     what valid is about
        pass              10/10  remarked  the message of remarked
                                           it works for another reason
        not yet            0/20  state     Ingress canary has no weight
                                           at k8s/canary.yaml:8:5
                                           next: Set canary-weight: "5".
        blocked            0/30  split     waits for state
        could not check    –/30  survives  two Services could be meant
        files: k8s/canary.yaml
        not used:
          README.md: no manifest
        Next, for "what state is about": Set canary-weight: "5".
      "
    `);
  });

  it('prints nothing that steers a terminal or a runner', () => {
    const text = printed(human, [nasty()]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^\s*::|##\[/m);
  });
});

describe('json', () => {
  it('is the result, and of a class a list', () => {
    expect(JSON.parse(printed(json, [ALICE]))).toEqual(ALICE.result);
    expect(JSON.parse(printed(json, [ALICE, BOB]))).toMatchObject([{ score: 20, status: 'graded' }, { score: 20 }]);
    expect(JSON.parse(printed(json, [], { isClass: true }))).toEqual([]);
  });
});

describe('csv', () => {
  it('has a line a student and a column a check, for a real reader of CSV', () => {
    const { data, errors } = Papa.parse<Record<string, string>>(printed(csv, [ALICE, BOB]), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data).toMatchObject([
      {
        student: 'alice',
        status: 'graded',
        score: '20',
        max: '70',
        ungraded: '30',
        percent: '28.6',
        valid: '10',
        state: '0',
        survives: '',
      },
      { student: 'bob', score: '20' },
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', '  =1', '＝1'])('holds no formula: %j', (text) => {
    const [row] = Papa.parse<Record<string, string>>(printed(csv, [graded(text, CHECKS)]), { header: true }).data;
    expect(row?.['student']).toMatch(/^'/);
  });

  it('keeps every student text in its cell', () => {
    const { data, errors } = Papa.parse<string[]>(printed(csv, [nasty()]), { skipEmptyLines: true });
    expect(errors).toEqual([]);
    expect(new Set(data.map((row) => row.length))).toEqual(new Set([12]));
    for (const cell of data.flat()) expect(cell).not.toMatch(/^[=+@-]/);
  });
});

describe('junit', () => {
  it('is read by a real reader of JUnit', async () => {
    const suites = await parseJunit(printed(junit, [ALICE]));
    expect(suites).toMatchObject({
      testsuite: [
        {
          name: 'canary-weight',
          tests: 5,
          failures: 1,
          errors: 1,
          skipped: 1,
          testcase: [
            { name: 'valid: what valid is about (10/10)' },
            { 'system-out': [expect.stringContaining('another reason')] },
            { failure: [{ message: 'Ingress canary has no weight', type: 'not-yet' }] },
            { skipped: [{ message: 'waits for state' }] },
            { error: [{ message: 'two Services could be meant' }] },
          ],
        },
      ],
    });
  });

  it('has a suite a student of a class', async () => {
    const suites = (await parseJunit(printed(junit, [ALICE, BOB]))) as { testsuite: { name: string }[] };
    expect(suites.testsuite.map(({ name }) => name)).toEqual(['canary-weight: alice', 'canary-weight: bob']);
  });

  it('is well-formed whatever a student writes', async () => {
    const suites = (await parseJunit(printed(junit, [nasty()]))) as { testsuite: { testcase: unknown[] }[] };
    expect(suites.testsuite[0]?.testcase).toHaveLength(4);
  });
});

describe('tap', () => {
  it('is read by a real reader of TAP', () => {
    const parser = new TapParser({ strict: true });
    parser.end(printed(tap, [ALICE]));
    const { count, pass, fail, skip, failures, plan } = parser.results!;
    expect({ count, pass, fail, skip, plan }).toMatchObject({
      count: 5,
      pass: 4,
      fail: 1,
      skip: 2,
      plan: { start: 1, end: 5 },
    });
    expect(failures).toMatchObject([{ id: 3, diag: { at: { file: 'k8s/canary.yaml', line: 8 }, points: '0/20' } }]);
  });

  it.each([[[ALICE, BOB]], [[nasty(), nasty('eve')]]])('has a subtest a student of a class', (all) => {
    const parser = new TapParser({ strict: true });
    const children: string[] = [];
    parser.on('child', (child) => children.push(child.name));
    parser.end(printed(tap, all));
    expect(children).toHaveLength(2);
    expect(parser.results).toMatchObject({ count: 2, bailout: false });
    expect(parser.results!.failures.every(({ tapError }) => !tapError)).toBe(true);
  });
});

describe('gradescope', () => {
  it('is a results.json, hidden checks with their visibility', () => {
    const hidden = check('secret', { visibility: 'after_due_date' });
    const value = JSON.parse(printed(gradescope, [graded('alice', [...CHECKS, hidden])], { audience: 'instructor' }));
    const validate = ajv().compile(GRADESCOPE_RESULTS);
    expect(validate(value) ? [] : validate.errors).toEqual([]);
    expect(value.tests[2]).toMatchObject({
      score: 0,
      max_score: 20,
      status: 'failed',
      output: expect.stringContaining('at k8s/canary.yaml:8:5'),
    });
    expect(value.tests[4]).not.toHaveProperty('max_score');
    expect(value.tests[5]).toMatchObject({ visibility: 'after_due_date' });
    expect(value.score).toBe(30);
  });
});

describe('classroom50', () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(CLASSROOM50_RESULT);

  it('is a result.json of the student that the runner names', () => {
    const environment = {
      CLASSROOM: 'cs',
      ASSIGNMENT: 'canary',
      OWNER: 'alice',
      SUBMISSION_TAG: 'submit/20260101-abc',
      COMMIT_URL: 'https://x/c',
    };
    const value = JSON.parse(printed(classroom50, [ALICE], { environment }));
    expect(validate(value) ? [] : validate.errors).toEqual([]);
    expect(value).toMatchObject({ owner: 'alice', review: 'https://x/c', score: 20, 'max-score': 70 });
    expect(value.tests[4]).toMatchObject({ 'max-score': 0, passed: false });
  });

  it('has whole points that never exceed their maximum, also without a runner', () => {
    const value = JSON.parse(printed(classroom50, [graded('a', [check('x', { max: 2.5, points: 2.5 })])]));
    expect(validate(value) ? [] : validate.errors).toEqual([]);
    expect(value).toMatchObject({ score: 2, 'max-score': 3 });
  });
});

describe('github', () => {
  it('annotates the lines of the student', () => {
    expect(printed(github, [ALICE], { pathPrefix: 'hw1/' })).toMatchInlineSnapshot(`
      "::notice title=what remarked is about (10/10)::the message of remarked%0Ait works for another reason
      ::error title=what state is about (0/20),file=hw1/k8s/canary.yaml,line=8,col=5::Ingress canary has no weight%0Aat hw1/k8s/canary.yaml:8:5%0Anext: Set canary-weight: "5".
      ::notice title=what split is about (0/30)::waits for state
      ::warning title=what survives is about (–/30)::two Services could be meant
      alice: 20 of 70 points (30 more could not be checked)
      "
    `);
  });

  it('lets no student text command the runner', () => {
    const lines = printed(github, [nasty()]).trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^::(error|warning|notice) [^:]*::/);
    expect(lines.at(-1)).not.toMatch(/^\s*::|##\[/);
  });
});

describe('sarif', () => {
  // It says that it is of draft 4, and uses nothing that has changed since.
  const { $schema: _draft, id: _id, ...schema } = sarifSchema as Record<string, unknown>;
  const validate = ajv().compile(schema);

  it.each([[[ALICE]], [[ALICE, BOB]], [[nasty()]]])('follows the schema of SARIF 2.1.0', (all) => {
    const value = JSON.parse(printed(sarif, all));
    expect(validate(value) ? [] : validate.errors).toEqual([]);
    expect(value.runs).toHaveLength(all.length);
  });

  it('points to the line', () => {
    const { runs } = JSON.parse(printed(sarif, [ALICE]));
    expect(runs[0].results[0]).toMatchObject({
      ruleId: 'state',
      level: 'error',
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'k8s/canary.yaml' }, region: { startLine: 8, startColumn: 5 } },
        },
      ],
    });
  });
});

describe('vpl', () => {
  it('has comments and a grade on the scale of the activity', () => {
    const read = readVpl(printed(vpl, [ALICE], { environment: { VPL_GRADEMIN: '0', VPL_GRADEMAX: '10' } }));
    expect(read.grade).toBe('2.86');
    expect(read.titles).toContain('not yet: what state is about (0/20)');
    expect(read.titles).toHaveLength(7);
  });

  it('takes no grade and no title from a student', () => {
    const read = readVpl(printed(vpl, [nasty()]));
    expect(read.grade).toBe('33.33');
    expect(read.titles).toHaveLength(6);
  });
});

describe('markdown', () => {
  it('is a table with the next step', () => {
    expect(printed(markdown, [ALICE])).toMatchInlineSnapshot(`
      "## Send 5 % to the canary: 20 of 70 points (30 more could not be checked)

      | | points | check | |
      |---|---:|---|---|
      | ✅ pass | 10/10 | what valid is about |  |
      | ✅ pass | 10/10 | what remarked is about | the message of remarked<br>it works for another reason |
      | ❌ not yet | 0/20 | what state is about | Ingress canary has no weight<br>at k8s/canary.yaml:8:5<br>next: Set canary-weight: "5". |
      | ⏸️ blocked | 0/30 | what split is about | waits for state |
      | ❔ could not check | –/30 | what survives is about | two Services could be meant |

      **Next:** what state is about. Set canary-weight: "5".

      <details><summary>1 files were not used</summary>

      - <code>README.md</code>: no manifest

      </details>

      See it run: <code>npx k8s-ingress-sandbox run alice --seed 1</code>
      "
    `);
  });

  it('is one table of a class, with as many cells in every row', () => {
    const rows = printed(markdown, [ALICE, nasty()])
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row.replaceAll('\\\\', '').match(/(?<!\\)\|/g)).toHaveLength(5);
  });

  it('lets no student text become markup', () => {
    const text = printed(markdown, [nasty()]);
    expect(text).not.toMatch(/<script|<!--|(?<!\\)\[a\]|@all/);
  });
});

describe('html', () => {
  it.each([[[ALICE]], [[ALICE, nasty()]]])(
    'is a page without errors, without script and without anything from elsewhere',
    (all) => {
      const errors: string[] = [];
      const page = parseHtml(printed(html, all), { onParseError: ({ code }) => errors.push(code) });
      expect(errors).toEqual([]);
      const elements = elementsOf(page);
      expect(
        elements.filter(({ name }) => ['script', 'iframe', 'img', 'link', 'object', 'form'].includes(name)),
      ).toEqual([]);
      expect(elements.filter(({ name }) => name === 'section')).toHaveLength(all.length);
      for (const { attributes } of elements) {
        for (const [name, value] of attributes) {
          expect(name).not.toMatch(/^on/);
          if (name === 'href') expect(value).toMatch(/^data:application\/yaml;charset=utf-8,/);
        }
      }
    },
  );

  it('brings the manifests along', () => {
    expect(printed(html, [ALICE])).toContain('href="data:application/yaml;charset=utf-8,kind%3A%20Service%0A"');
  });
});

interface Element {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
}

function elementsOf(node: any): Element[] {
  const own =
    node.tagName === undefined
      ? []
      : [{ name: node.tagName, attributes: node.attrs.map((each: any) => [each.name, each.value]) }];
  return [...own, ...(node.childNodes ?? []).flatMap(elementsOf)];
}
