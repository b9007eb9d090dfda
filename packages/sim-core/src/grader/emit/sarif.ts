import type { CheckResult, GradeResult } from '../result.ts';
import type { EmitContext, Emitter, Graded } from './emitter.ts';
import { LONE_SURROGATE, oneLine, tellingLines } from './words.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** SARIF 2.1.0, for code scanning: a run a submission, a rule a check, a result for every check that is not passed. */
export const sarif: Emitter = {
  name: 'sarif',
  summary: 'SARIF 2.1.0, for code scanning',
  extension: '.sarif',
  holds: 'class',
  *emit(graded, context) {
    yield `{"$schema":"${SCHEMA}","version":"2.1.0","runs":[`;
    let between = '\n';
    for (const each of graded) {
      yield between + JSON.stringify(run(each, context));
      between = ',\n';
    }
    yield '\n]}\n';
  },
};

function run({ result }: Graded, context: EmitContext): unknown {
  const { checks, exercise, submission, engine } = result;
  const [name = engine, version = ''] = engine.split(' ');
  return {
    tool: { driver: { name, ...(version !== '' && { version }), rules: checks.map(rule) } },
    automationDetails: { id: `${exercise.name}/${context.isClass ? oneLine(submission.id) : ''}` },
    results: checks.flatMap((check, index) =>
      check.result === 'pass' ? [] : [finding(check, index, result, context)],
    ),
    columnKind: 'utf16CodeUnits',
    properties: { score: result.score, max: result.max, ungraded: result.ungraded },
  };
}

function rule({ id, title, max }: CheckResult): unknown {
  return { id, shortDescription: { text: oneLine(title) || id }, properties: { points: max } };
}

function finding(check: CheckResult, ruleIndex: number, result: GradeResult, context: EmitContext): unknown {
  const level = { 'not-yet': 'error', 'could-not-check': 'warning', blocked: 'note', pass: 'none' }[check.result];
  const text = tellingLines(check, context).join('\n') || check.title || check.id;
  return { ruleId: check.id, ruleIndex, level, message: { text }, locations: locations(check, result, context) };
}

/** GitHub shows no result without a place: what has none points to the first file. */
function locations(check: CheckResult, { submission }: GradeResult, { pathPrefix }: EmitContext): unknown[] {
  const file = check.file ?? submission.files.find(({ used }) => used)?.path;
  if (file === undefined || file === '') return [];
  const { line: startLine = 1, column: startColumn } =
    check.file === undefined ? { line: 1, column: undefined } : check;
  const region = { startLine, ...(startColumn !== undefined && { startColumn }) };
  return [{ physicalLocation: { artifactLocation: { uri: uriOf(pathPrefix + file) }, region } }];
}

function uriOf(path: string): string {
  return path.replace(LONE_SURROGATE, '\uFFFD').split('/').map(encodeURIComponent).join('/');
}
