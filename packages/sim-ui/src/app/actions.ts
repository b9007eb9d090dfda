import type { ObjectName } from '@k8s-ingress-sandbox/sim-core/wire';
import { batch } from '@preact/signals';
import type { EditedFile } from '../editor/drafts.ts';
import type { SharedSandbox } from '../share/link.ts';
import { secondsUntil } from '../state/cluster-clock.ts';
import { type LoadOrder, type SendOrder, TransportError, type WeightChange } from '../transport/transport.ts';
import type { Words } from '../words/words.tsx';
import type { Page } from './page.ts';

/** Opens the decision record of a request; its way lights up on the map. */
export async function openTrace({ view, transport, words }: Page, id: number): Promise<void> {
  batch(() => {
    view.trace.value = { phase: 'loading', id };
    view.knowsDots.value = true;
    view.tab.value = 'requests';
  });
  const answer = await transport.trace(id).then(
    (trace) => ({ phase: 'shown', id, trace }) as const,
    (error: unknown) => ({ phase: 'failed', id, message: wordsOf(words, error) }) as const,
  );
  if (view.trace.peek()?.id === id) view.trace.value = answer;
}

export function closeTrace(view: Page['view']): void {
  view.trace.value = undefined;
  view.replay.value = undefined;
}

/** Sends a request over the map once more, as slowly as an eye can follow. */
export function replay({ view }: Page, id: number): void {
  view.replay.value = { id, round: (view.replay.peek()?.round ?? 0) + 1 };
}

/** Selects a box and shows its facts; the same box again deselects it. */
export function select({ view }: Page, id: string): void {
  const again = view.selected.peek() === id;
  batch(() => {
    view.selected.value = again ? undefined : id;
    if (!again) view.tab.value = 'object';
  });
}

/** Shows a line of a file, and flashes it. */
export function showSource({ view, editor }: Page, file: string, line: number): void {
  batch(() => {
    view.source.value = { file, line, flash: (view.source.peek()?.flash ?? 0) + 1 };
    editor.chosen.value = file;
    editor.mode.value = 'edit';
    view.tab.value = 'yaml';
  });
}

/** The changed line stands in the draft of its file and flashes there. */
export async function setWeight(page: Page, change: WeightChange): Promise<void> {
  const answer = await attempt(page, page.transport.setWeight(change));
  if (!answer) return;
  const { file, line, text, rev } = answer;
  const { namespace, ingress, weight } = change;
  page.terminal.note(`kubectl annotate ingress ${ingress}${inNamespace(namespace)} ${WEIGHT}=${weight} --overwrite`);
  tell(page, page.words.t('notice.weight', { weight, rev }));
  if (file === undefined || line === undefined) return;
  if (text !== undefined) page.live.setLine(file, line, text);
  page.view.source.value = { file, line, flash: (page.view.source.peek()?.flash ?? 0) + 1 };
}

/** One request is followed at once, many are only counted. */
export async function send(page: Page, order: SendOrder): Promise<void> {
  const answer = await attempt(page, page.transport.send(order));
  const [only, ...more] = answer?.ids ?? [];
  if (only === undefined) return;
  if (more.length === 0) {
    replay(page, only);
    await openTrace(page, only);
  } else tell(page, page.words.count('notice.sent', more.length + 1));
}

/** @param replaced - id of a running load that this one takes the place of */
export async function startLoad(page: Page, order: LoadOrder, replaced?: string): Promise<void> {
  if (replaced !== undefined) await attempt(page, page.transport.stopLoad(replaced));
  await attempt(page, page.transport.startLoad(order));
}

export async function stopLoad(page: Page): Promise<void> {
  for (const { id } of page.store.parts.load.peek()) await attempt(page, page.transport.stopLoad(id));
}

export async function deletePod(
  page: Page,
  { namespace, name }: Pick<ObjectName, 'namespace' | 'name'>,
): Promise<void> {
  page.terminal.note(`kubectl delete pod ${name}${inNamespace(namespace)}`);
  await attempt(page, page.transport.deleteObject('v1', { kind: 'Pod', namespace, name }), `pod "${name}" deleted`);
}

export async function crash(page: Page, { namespace, name }: Pick<ObjectName, 'namespace' | 'name'>): Promise<void> {
  await attempt(page, page.transport.crash(namespace, name), page.words.t('notice.crashed', { name }));
}

export async function scale(page: Page, namespace: string, name: string, replicas: number): Promise<void> {
  page.terminal.note(`kubectl scale deployment ${name}${inNamespace(namespace)} --replicas=${replicas}`);
  await attempt(
    page,
    page.transport.scale(namespace, name, replicas),
    page.words.t('notice.scaled', { name, replicas }),
  );
}

/** Lets the time until a moment of the cluster's clock pass at once. */
export async function skipTo(page: Page, moment: number): Promise<void> {
  const seconds = secondsUntil(moment, page.store.clock.peek(), page.timers.now());
  await attempt(page, page.transport.skip(Math.ceil(seconds * 1000)));
}

/** Writes the cluster's text of a file to the disk. */
export async function saveFile(page: Page, file: EditedFile): Promise<void> {
  await attempt(page, page.editor.save(file), page.words.t('yaml.saved', { file: file.file }));
}

/** Puts the manifests of a link into the editor: drafts that somebody can read before anything is applied. */
export function inspectShared({ view, editor }: Page, files: SharedSandbox['files']): void {
  for (const { file, text } of files) {
    const applied = editor.files.peek().find((one) => one.file === file)?.applied ?? '';
    if (text !== applied) editor.drafts.type(file, text, applied);
  }
  editor.chosen.value = files[0]?.file;
  view.tab.value = 'yaml';
}

/** Applies the manifests of a link, because somebody said so. */
export async function applyShared(page: Page, files: SharedSandbox['files']): Promise<void> {
  const answer = await attempt(page, page.transport.call<{ rev: number }>('POST', '/apply', { files }));
  if (!answer) return;
  page.view.link.value = undefined;
  tell(page, page.words.t('yaml.applied', { rev: answer.rev }));
}

/** Brings the cluster back to what the files say. */
export async function resetCluster(page: Page): Promise<void> {
  await attempt(page, page.transport.call('POST', '/reset', {}), page.words.t('lesson.wasReset'));
}

/** Puts a lesson's beginning in the place of what is in the cluster, because somebody said so. */
export async function loadLesson(page: Page, id: string): Promise<void> {
  const { view, words } = page;
  const loaded = await attempt(
    page,
    page.transport.loadLesson(id).then(() => true),
    words.t('lessons.loaded'),
  );
  if (!loaded) return;
  view.dialog.value = undefined;
  view.isLessonShown.value = true;
  page.editor.drafts.clear();
  await page.lesson.look();
}

export function togglePause({ store, live }: Page): void {
  if (store.frozenAt.peek() === undefined) live.freeze();
  else live.unfreeze();
}

const WEIGHT = 'nginx.ingress.kubernetes.io/canary-weight';

function inNamespace(namespace: string): string {
  return namespace === 'default' ? '' : ` -n ${namespace}`;
}

/** What was asked for, or undefined with the reason told. */
export async function attempt<T>(page: Page, promise: Promise<T>, done = ''): Promise<T | undefined> {
  try {
    const answer = await promise;
    if (done !== '') tell(page, done);
    return answer;
  } catch (error) {
    page.view.notice.value = { text: wordsOf(page.words, error), tone: 'error' };
    return undefined;
  }
}

function tell({ view }: Page, text: string): void {
  view.notice.value = { text, tone: 'ok' };
}

/** What an error says to a person. */
export function wordsOf({ t }: Words, error: unknown): string {
  if (error instanceof TransportError) return error.message;
  console.error(error);
  return t('notice.unknown');
}
