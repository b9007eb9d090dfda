import { type Budget, type CelProgram, compileCel } from '../../../apimachinery/cel/program.ts';
import { CelSyntaxError } from '../../../apimachinery/cel/tokens.ts';
import { CelError } from '../../../apimachinery/cel/values.ts';
import { newForbidden } from '../../../apimachinery/status-error.ts';
import type { AdmissionRequest } from '../admission.ts';
import { objectsOf, reviewed } from './admission-review.ts';
import type { Invocation } from './invocation.ts';

/** What conditions may speak of (k8s.io/apiserver/pkg/admission/plugin/cel). `authorizer` is not simulated. */
const VARIABLES: readonly string[] = Object.freeze(['object', 'oldObject', 'request']);
/** Steps that the conditions of one webhook may take together (celconfig.RuntimeCELCostBudgetMatchConditions, in units of our own). */
const BUDGET = 250_000;

/** The conditions of webhooks (webhook/matchconditions/matcher.go): each is compiled once. */
export class MatchConditions {
  readonly #programs = new Map<string, CelProgram | undefined>();

  /**
   * Whether all conditions hold. One that is false decides; where others fail, the failure policy does: Ignore passes the
   * webhook over.
   * @throws StatusError Forbidden where the policy is Fail
   */
  hold(invocation: Invocation, request: AdmissionRequest): boolean {
    const { matchConditions = [], failurePolicy } = invocation.hook.webhook;
    if (matchConditions.length === 0) return true;
    const variables = { ...objectsOf(invocation, request), request: reviewed('', invocation, request) };
    const budget: Budget = { left: BUDGET };
    const results = matchConditions.map(({ expression }) => this.#evaluate(expression, variables, budget));
    if (results.includes(false)) return false;
    const failures = results.filter((result) => typeof result === 'string');
    if (failures.length === 0) return true;
    if (failurePolicy === 'Ignore') return false;
    const message = failures.length === 1 ? failures[0] : `[${failures.join(', ')}]`;
    throw newForbidden(request.kind, request.object.metadata.name ?? '', message as string);
  }

  /** @returns what went wrong, where something did; true for what this evaluator cannot do */
  #evaluate(expression: string, variables: Readonly<Record<string, unknown>>, budget: Budget): boolean | string {
    const program = this.#program(expression);
    if (program === undefined) return true;
    try {
      return program.evaluate(variables, budget) === true;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      return `expression '${expression}' resulted in error: ${error.message}`;
    }
  }

  #program(expression: string): CelProgram | undefined {
    if (!this.#programs.has(expression)) this.#programs.set(expression, compiled(expression));
    return this.#programs.get(expression);
  }
}

function compiled(expression: string): CelProgram | undefined {
  try {
    const program = compileCel(expression, VARIABLES);
    return program.unknown.length === 0 ? program : undefined;
  } catch (error) {
    if (error instanceof CelSyntaxError) return undefined;
    throw error;
  }
}
