// What the platforms document of their formats, as JSON Schemas of our own: neither has one in a package.

const NUMBER = { type: 'number', minimum: 0 };
const OUTPUT_FORMAT = { enum: ['text', 'html', 'simple_format', 'md', 'ansi'] };
const VISIBILITY = { enum: ['visible', 'hidden', 'after_due_date', 'after_published'] };

/** https://gradescope-autograders.readthedocs.io/en/latest/specs/ */
export const GRADESCOPE_RESULTS = {
  type: 'object',
  additionalProperties: false,
  anyOf: [{ required: ['score'] }, { required: ['tests'] }],
  properties: {
    score: NUMBER,
    execution_time: NUMBER,
    output: { type: 'string' },
    output_format: OUTPUT_FORMAT,
    test_output_format: OUTPUT_FORMAT,
    test_name_format: OUTPUT_FORMAT,
    visibility: VISIBILITY,
    stdout_visibility: VISIBILITY,
    extra_data: { type: 'object' },
    leaderboard: { type: 'array' },
    tests: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        properties: {
          score: NUMBER,
          max_score: NUMBER,
          status: { enum: ['passed', 'failed'] },
          name: { type: 'string' },
          name_format: OUTPUT_FORMAT,
          number: { type: 'string' },
          output: { type: 'string' },
          output_format: OUTPUT_FORMAT,
          tags: { type: 'array', items: { type: 'string' } },
          visibility: VISIBILITY,
          extra_data: { type: 'object' },
        },
      },
    },
  },
};

const TEXT = { type: 'string', minLength: 1 };
const WHOLE = { type: 'integer', minimum: 0 };

/** https://github.com/foundation50/classroom50/wiki/Advanced-Autograding: classroom50/result/v1 */
export const CLASSROOM50_RESULT = {
  type: 'object',
  additionalProperties: false,
  required: [
    ...['schema', 'classroom', 'assignment', 'assignment_type', 'owner', 'submission', 'commit', 'release', 'review'],
    ...['datetime', 'score', 'max-score', 'tests'],
  ],
  properties: {
    schema: { const: 'classroom50/result/v1' },
    classroom: TEXT,
    assignment: TEXT,
    assignment_type: { enum: ['individual', 'group'] },
    owner: TEXT,
    submission: { type: 'string', pattern: '^submit/' },
    commit: TEXT,
    release: TEXT,
    review: TEXT,
    datetime: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' },
    score: WHOLE,
    'max-score': WHOLE,
    tests: {
      type: 'array',
      items: {
        type: 'object',
        required: ['test-name', 'passed', 'score', 'max-score'],
        properties: { 'test-name': TEXT, passed: { type: 'boolean' }, score: WHOLE, 'max-score': WHOLE },
      },
    },
  },
};
