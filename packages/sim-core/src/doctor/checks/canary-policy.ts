import type { Ingress } from '../../api/networking-v1/ingress.ts';
import type { AnnotationProblem } from '../../ingress-nginx/annotations/parse-annotations.ts';
import { parseInteger } from '../../ingress-nginx/annotations/parsers.ts';
import { compileCanaryPolicy, effectiveWeightTotal } from '../../ingress-nginx/nginx/canary-policy.ts';
import { annotationField, annotationOf, annotationPrefix } from '../annotation.ts';
import { annotationProblems, canaryPolicyOf } from '../annotation-problems.ts';
import { isCanary } from '../canary.ts';
import { servedIngresses } from '../controllers.ts';
import { type Check, type Diagnosis, findingOf, line, nameOf, spell } from '../finding.ts';
import type { World } from '../world.ts';

type Policy = ReturnType<typeof canaryPolicyOf>;
/** One rule of thumb on a canary's own annotations. */
type Rule = (
  canary: Canary,
) => (Partial<Diagnosis> & Pick<Diagnosis, 'reason' | 'field' | 'message' | 'fix'>) | undefined;

interface Canary {
  readonly name: string;
  readonly policy: Policy;
  /** What the controller refuses of its canary annotations. */
  readonly problems: readonly AnnotationProblem[];
  written(annotation: string): string | undefined;
  line(annotation: string): string;
  /** Field path of an annotation. */
  field(annotation: string): string;
  /** What annotations begin with. */
  readonly prefix: string;
}

/** What a canary's own annotations amount to (rootfs/etc/nginx/lua/balancer.lua, route_to_alternative_balancer). */
export const canaryPolicy: Check = {
  name: 'CanaryPolicy',
  check: (world) =>
    servedIngresses(world)
      .filter((each) => isCanary(each, world))
      .flatMap((ingress) => {
        const canary = canaryOf(ingress, world);
        const found = RULES.flatMap((rule) => rule(canary) ?? []);
        return found.map((diagnosis) =>
          findingOf({ severity: 'warning', object: nameOf(ingress), ...diagnosis }, world),
        );
      }),
};

function canaryOf(ingress: Ingress, world: World): Canary {
  const object = nameOf(ingress);
  return {
    name: spell(object),
    policy: canaryPolicyOf(ingress, world),
    problems: annotationProblems(ingress, world).filter(({ annotation }) => annotation.startsWith('canary-')),
    written: (annotation) => annotationOf(ingress, annotation, world),
    line: (annotation) => line(world, object, annotationField(annotation, world)),
    field: (annotation) => annotationField(annotation, world),
    prefix: annotationPrefix(world),
  };
}

const RULES: readonly Rule[] = Object.freeze([
  weightNotInteger,
  invalidMatcher,
  nothingDecides,
  weightOutOfRange,
  totalWithoutEffect,
  matcherWithoutHeader,
  patternBesideValue,
  brokenPattern,
  neverMeansNothing,
  underscore,
]);

function weightNotInteger({ name, policy, written, line: at, field }: Canary): ReturnType<Rule> {
  const weight = written('canary-weight');
  if (weight === undefined || typeof parseInteger(weight) === 'number') return undefined;
  const nothing = policy.header === '' && policy.cookie === '' ? ', so the canary gets no traffic' : '';
  const message = `canary-weight "${weight}" of ${name} is no whole number and counts as 0${nothing}`;
  const fix = `Write ${/\d+/.exec(weight)?.[0] === undefined ? 'a whole number such as "5"' : `"${/\d+/.exec(weight)?.[0]}"`} at ${at('canary-weight')}.`;
  return {
    severity: 'error',
    reason: 'CanaryWeightNotInteger',
    field: field('canary-weight'),
    message,
    fix,
  };
}

/** A value with letters that the controller does not let in counts as not set: another rule holds then. */
function invalidMatcher({ name, policy, problems, line: at, field }: Canary): ReturnType<Rule> {
  const problem = problems.find(({ annotation }) => annotation !== 'canary-weight');
  if (problem === undefined) return undefined;
  const { annotation, value, reason } = problem;
  const where = field(annotation);
  const message = `${annotation} "${value}" of ${name} is refused (${reason}) and counts as not set${insteadOf(annotation, policy)}`;
  return {
    severity: 'error',
    reason: 'CanaryAnnotationInvalid',
    field: where,
    message,
    fix: matcherFix(annotation, at(annotation)),
  };
}

function insteadOf(annotation: string, { weight, header, cookie }: Policy): string {
  if (annotation === 'canary-by-header-pattern' || annotation === 'canary-by-header-value')
    return header === '' ? '' : `: header ${header} then means only "always" and "never"`;
  return weight <= 0 && header === '' && cookie === '' ? ', so the canary gets no traffic' : '';
}

function matcherFix(annotation: string, where: string): string {
  return annotation === 'canary-by-header-pattern'
    ? `Write a pattern of letters, digits and -._~/:^$[](){}*+?|&=\\ only at ${where}: no comma, blank, quote, "!" or "<", and nothing that looks around or back.`
    : `Write letters, digits and -._~/: only at ${where}.`;
}

function nothingDecides({ name, policy, written, line: at, field, prefix }: Canary): ReturnType<Rule> {
  const weight = written('canary-weight');
  if (policy.weight > 0 || policy.header !== '' || policy.cookie !== '') return undefined;
  if (weight !== undefined && typeof parseInteger(weight) !== 'number') return undefined;
  const why =
    weight === undefined
      ? 'it has no canary-weight, no canary-by-header and no canary-by-cookie'
      : `its canary-weight is "${weight}", and no header or cookie is asked for`;
  const where = weight === undefined ? 'canary' : 'canary-weight';
  const fix =
    weight === undefined
      ? `Add ${prefix}canary-weight: "5" beside ${at('canary')}.`
      : `Write a whole number of percent such as "5" at ${at('canary-weight')}.`;
  return {
    reason: 'CanaryGetsNothing',
    field: field(where),
    message: `canary ${name} gets no traffic: ${why}`,
    fix,
  };
}

function weightOutOfRange({ name, policy, line: at, field }: Canary): ReturnType<Rule> {
  const total = effectiveWeightTotal(policy.weightTotal);
  if (policy.weight >= 0 && policy.weight <= total) return undefined;
  const meaning = policy.weight < 0 ? 'as 0: nothing' : `as ${total} of ${total}: everything`;
  const fix = `Write a number from 0 to ${total} at ${at('canary-weight')}.`;
  return {
    reason: 'CanaryWeightOutOfRange',
    field: field('canary-weight'),
    message: `canary-weight ${policy.weight} of ${name} counts ${meaning}`,
    fix,
  };
}

function totalWithoutEffect({ name, policy, written, line: at, field }: Canary): ReturnType<Rule> {
  if (written('canary-weight-total') === undefined || policy.weightTotal >= 100) return undefined;
  const { weight, weightTotal } = policy;
  const meant = weightTotal > 0 ? Math.round((weight / weightTotal) * 100) : weight;
  const message = `canary-weight-total "${weightTotal}" of ${name} has no effect: only totals above 100 count, so weight ${weight} means ${weight} of 100`;
  return {
    reason: 'CanaryWeightTotalHasNoEffect',
    field: field('canary-weight-total'),
    message,
    fix: `Take ${at('canary-weight-total')} away and write canary-weight: "${meant}" (${at('canary-weight')}).`,
  };
}

function matcherWithoutHeader({ name, policy, written, line: at, field, prefix }: Canary): ReturnType<Rule> {
  const matcher = ['canary-by-header-value', 'canary-by-header-pattern'].find((each) => written(each) !== undefined);
  if (policy.header !== '' || matcher === undefined) return undefined;
  const message = `${matcher} of ${name} means nothing without canary-by-header: no header is looked at`;
  return {
    reason: 'CanaryHeaderMissing',
    field: field(matcher),
    message,
    fix: `Add ${prefix}canary-by-header with the header's name beside ${at(matcher)}.`,
  };
}

function patternBesideValue({ name, policy, line: at, field }: Canary): ReturnType<Rule> {
  if (policy.headerValue === '' || policy.headerPattern === '') return undefined;
  const message = `canary-by-header-pattern of ${name} is never asked: canary-by-header-value beats it`;
  return {
    reason: 'CanaryPatternIgnored',
    field: field('canary-by-header-pattern'),
    message,
    fix: `Take ${at('canary-by-header-pattern')} or ${at('canary-by-header-value')} away.`,
  };
}

function brokenPattern({ name, policy, line: at, field }: Canary): ReturnType<Rule> {
  if (policy.header === '' || policy.headerValue !== '' || compileCanaryPolicy(policy).headerPattern !== 'broken')
    return undefined;
  const message = `canary-by-header-pattern "${policy.headerPattern}" of ${name} does not compile, so every request with header ${policy.header} goes to the main Service, whatever cookie and weight say`;
  return {
    severity: 'error',
    reason: 'CanaryPatternBroken',
    field: field('canary-by-header-pattern'),
    message,
    fix: `Write a valid regular expression at ${at('canary-by-header-pattern')}.`,
  };
}

/** With a value or pattern of its own, the header no longer keeps anybody away. */
function neverMeansNothing({ name, policy, field }: Canary): ReturnType<Rule> {
  const { header, headerValue, headerPattern, weight } = policy;
  if (header === '' || weight <= 0 || (headerValue === '' && headerPattern === '')) return undefined;
  const by = headerValue === '' ? 'canary-by-header-pattern' : 'canary-by-header-value';
  const message = `"${header}: never" keeps nobody from canary ${name}: with ${by} only what fits it decides, and the weight (${weight}) draws for all others`;
  return {
    severity: 'info',
    reason: 'CanaryNeverMeansNothing',
    field: field(by),
    message,
    fix: 'Use canary-by-cookie, or a header without value and pattern, for clients that are to stay away.',
  };
}

function underscore({ name, policy, line: at, field }: Canary): ReturnType<Rule> {
  if (!policy.header.includes('_')) return undefined;
  const dashed = policy.header.replaceAll('_', '-');
  const message = `canary-by-header "${policy.header}" of ${name}: nginx drops request headers with an underscore (underscores_in_headers is off), so clients must send ${dashed}`;
  return {
    severity: 'info',
    reason: 'CanaryHeaderWithUnderscore',
    field: field('canary-by-header'),
    message,
    fix: `Write "${dashed}" at ${at('canary-by-header')}; - and _ mean the same to nginx.`,
  };
}
