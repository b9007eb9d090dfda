import { annotationDocs, type Cluster, clusterCommands, exportObject } from '../../../index.ts';
import { decodeManifests } from '../../../manifest/decode-manifests.ts';
import { encodeManifests } from '../../../manifest/encode-manifests.ts';
import type { ApplyOutcome, ControlActions } from '../../../run/actions.ts';
import type { RequestTrace } from '../../../wire.ts';
import { CANARY_FILE, CANARY_TEXT } from './canary-cluster.ts';

/** What a run gives the control API, without files on a disk. */
export function testActions(cluster: Cluster): ControlActions & { draft: string | undefined } {
  const apply = (file: string, text: string, dryRun: boolean): ApplyOutcome => {
    const { documents, problems } = decodeManifests(file, text);
    cluster.manifests.addFiles([{ file, text }]);
    const outcomes = cluster.apply(
      documents.filter(({ value }) => value.kind !== 'Scenario'),
      { dryRun },
    );
    const refused = outcomes.flatMap((outcome) => outcome.problems);
    return {
      rev: cluster.client.revision,
      objects: outcomes.flatMap(({ apiVersion, kind, namespace, name, action }) =>
        action === undefined ? [] : [{ apiVersion, kind, namespace, name, action, file, line: 1, warnings: [] }],
      ),
      errors: [...problems, ...refused].map(({ message, reason, document = 0, line = 1, column = 1 }) => ({
        message,
        hint: '',
        file,
        reason,
        field: '',
        document,
        line,
        column,
      })),
    };
  };
  return {
    ...clusterCommands(cluster),
    draft: undefined,
    apply: (texts, { dryRun }) => apply('pasted.yaml', texts.map(({ text }) => text).join('---\n'), dryRun),
    reset() {
      cluster.reset();
      return cluster.client.revision;
    },
    export: () => encodeManifests(cluster.userObjects().map(exportObject)),
    files() {
      return [{ file: CANARY_FILE, text: this.draft ?? CANARY_TEXT, draft: this.draft !== undefined }];
    },
    placeOf(object) {
      const document = cluster.manifests.documentOf(object);
      return document?.file === CANARY_FILE ? { ...document, text: this.draft ?? CANARY_TEXT } : undefined;
    },
    applyDraft(file, text) {
      const outcome = apply(file, text, false);
      if (outcome.errors.length === 0) this.draft = text;
      return outcome;
    },
    trace(id) {
      const record = cluster.records.get(id);
      return typeof record === 'object'
        ? ({ id: record.id, service: record.upstream?.service } as RequestTrace)
        : record;
    },
    nginxConf: (query) => ({ pod: JSON.stringify(query), failure: '', lines: [] }),
    explain: ({ url }) => ({ url }) as RequestTrace,
    save: () => {},
    kubectl: async (argv, { stdout, stderr }) => {
      stdout(`${argv.join(' ')}\n`);
      stderr('Warning: this is a test\n');
      return 3;
    },
    kubectlCommands: async () => ({ commands: [{ name: 'get', flags: ['watch'] }] }),
    schemas: async (groupVersion) => ({ groupVersion }),
    annotations: () => annotationDocs(),
    lessons: async () => ({
      state: () => undefined,
      check: async () => undefined,
      result: () => undefined,
      list: () => ({ lessons: [{ id: 'canary-weight', title: 'A lesson', story: '' }], replaces: 4 }),
      load: () => cluster.client.revision,
    }),
  };
}
