import type { CommandEntry } from '../command.ts';
import { run } from './run.ts';

/**
 * Every command, in the order of the help. Only `run` is loaded at once: it is what people wait for
 * (docs/decisions/0002-one-bundle.md).
 */
export const COMMANDS: readonly CommandEntry[] = Object.freeze([
  {
    name: 'run',
    usage: '<file|dir|-> …',
    summary: 'Starts a cluster, applies manifests and serves until Ctrl-C. The word run may be left out.',
    load: async () => run,
  },
  {
    name: 'init',
    usage: '[scenario] [dir]',
    summary: 'Copies a scenario into a folder of yours, to edit it.',
    load: async () => (await import('./init.ts')).init,
  },
  {
    name: 'scenarios',
    usage: '',
    summary: 'Lists the scenarios that come with the package.',
    load: async () => (await import('./scenarios.ts')).scenarios,
  },
  {
    name: 'validate',
    usage: '<file|dir|-> …',
    summary: 'Checks manifests as the API server and the doctor do, without starting anything.',
    load: async () => (await import('./validate.ts')).validate,
  },
  {
    name: 'explain',
    usage: '<url|request id>',
    summary: 'Says why a request goes where it goes, step by step.',
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'print-conf',
    usage: '[<file|dir|-> …]',
    summary: 'Prints the nginx.conf of the ingress controller, each line with the annotation or rule that wrote it.',
    load: async () => (await import('./print-conf.ts')).printConf,
  },
  {
    name: 'simulate',
    usage: '<file|dir|-> …',
    summary: 'Sends requests in virtual time, without sockets, and shows where they went.',
    load: async () => (await import('./simulate.ts')).simulate,
  },
  {
    name: 'load',
    usage: '<url>',
    summary: 'Fires load at a running sandbox and shows the split.',
    load: async () => (await import('./load.ts')).load,
  },
  {
    name: 'apply',
    usage: '<file|dir|-> …',
    summary: 'Applies manifests to a running sandbox.',
    load: async () => (await import('./apply.ts')).apply,
  },
  {
    name: 'delete',
    usage: '<kind> <name> … | <file|dir|-> …',
    summary: 'Deletes objects from a running sandbox.',
    load: async () => (await import('./delete.ts')).deleteCommand,
  },
  {
    name: 'kubectl',
    usage: '<command> …',
    summary: 'A kubectl that is built in, for the running sandbox: get, describe, apply, logs, rollout and more.',
    load: async () => (await import('./kubectl.ts')).kubectl,
  },
  {
    name: 'kubeconfig',
    usage: '',
    summary: 'Prints the file that KUBECONFIG has to name for kubectl to reach the running sandboxes.',
    load: async () => (await import('./kubeconfig.ts')).kubeconfig,
  },
  {
    name: 'export',
    usage: '',
    summary: 'Prints your objects of a running sandbox as clean YAML.',
    load: async () => (await import('./export.ts')).exportCommand,
  },
  {
    name: 'hosts',
    usage: '',
    summary: 'Prints lines for /etc/hosts with every host name of a running sandbox.',
    load: async () => (await import('./hosts.ts')).hosts,
  },
  {
    name: 'ps',
    usage: '',
    summary: 'Lists your running sandboxes.',
    load: async () => (await import('./ps.ts')).ps,
  },
  {
    name: 'stop',
    usage: '[name|pid]',
    summary: 'Stops a running sandbox and frees its ports.',
    load: async () => (await import('./stop.ts')).stop,
  },
  {
    name: 'grade',
    usage: '<exercise> <submission> …',
    summary: 'Grades submissions of an exercise: one, or a class; also: grade merge, grade diff.',
    load: async () => (await import('./grade.ts')).grade,
  },
  {
    name: 'exercise',
    usage: '[test|lint|new|pack] <exercise> …',
    summary: 'Lists exercises, tests one against its own answers, complains about one, begins a new one.',
    load: async () => (await import('./exercise.ts')).exercise,
  },
  {
    name: 'conformance',
    usage: '<vectors.json>',
    summary: 'Runs recorded answers of the real ingress-nginx over sockets, and says what differs.',
    load: async () => (await import('./conformance.ts')).conformance,
  },
  {
    name: 'version',
    usage: '',
    summary: 'Prints the version, and what it behaves as.',
    load: async () => (await import('./version.ts')).version,
  },
]);
