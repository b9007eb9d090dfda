import type { RequestTrace } from '@k8s-ingress-sandbox/sim-core/wire';
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { DraftStore } from '../editor/drafts.ts';
import { EditorSession } from '../editor/editor-session.ts';
import { FeedConnection } from '../feed/connection.ts';
import type { Timers } from '../feed/timers.ts';
import { LessonSession } from '../lesson/lesson-session.ts';
import { Progress, type ProgressStore } from '../lesson/progress.ts';
import { recordProgress } from '../lesson/record-progress.ts';
import { DotField } from '../map/dot-field.ts';
import type { DotQuality } from '../map/dot-quality.ts';
import type { SharedSandbox } from '../share/link.ts';
import { LiveCluster } from '../state/live-cluster.ts';
import type { ObjectKey } from '../state/object-key.ts';
import { createStore, type Store } from '../state/store.ts';
import { TerminalSession } from '../terminal/terminal-session.ts';
import { guardedTransport } from '../transport/guarded-transport.ts';
import type { Transport } from '../transport/transport.ts';
import { createWords, type Words } from '../words/words.tsx';
import { type Derived, derive } from './derived.ts';

export type Tab =
  | 'requests'
  | 'object'
  | 'objects'
  | 'events'
  | 'problems'
  | 'logs'
  | 'yaml'
  | 'terminal'
  | 'nginx'
  | 'chart'
  | 'grade'
  | 'class';

export type DialogName = 'share' | 'settings' | 'keys' | 'limits' | 'lessons';

/** A request that somebody asked about. */
export type OpenTrace =
  | { readonly phase: 'loading'; readonly id: number }
  | {
      readonly phase: 'shown';
      readonly id: number;
      readonly trace: RequestTrace;
      /** What would become of it if it were another: the map shows that way instead. */
      readonly supposed?: RequestTrace | undefined;
    }
  | { readonly phase: 'failed'; readonly id: number; readonly message: string };

/** A place in a file that somebody wants to see. */
export interface ShownSource {
  readonly file: string;
  readonly line: number;
  /** Counts up, so that the same line flashes again. */
  readonly flash: number;
}

/** What this tab shows; nothing of it is the cluster's. */
export interface View {
  readonly tab: Signal<Tab>;
  /** Id of the selected box. */
  readonly selected: Signal<string | undefined>;
  readonly trace: Signal<OpenTrace | undefined>;
  /** A request that is being played slowly on the map; counts up, so that the same one plays again. */
  readonly replay: Signal<{ readonly id: number; readonly round: number } | undefined>;
  readonly source: Signal<ShownSource | undefined>;
  /** Objects that somebody points at, with the pointer or by keyboard, on the map or in a manifest. */
  readonly pointed: Signal<{ readonly by: 'map' | 'yaml'; readonly keys: ReadonlySet<ObjectKey> } | undefined>;
  readonly mapForm: Signal<'map' | 'list'>;
  readonly mapSize: Signal<{ readonly width: number; readonly height: number }>;
  /** The workbench takes more of the page. */
  readonly isTall: Signal<boolean>;
  /** Step of the timeline that was asked for last. */
  readonly wantedStep: Signal<number | undefined>;
  readonly isLessonShown: Signal<boolean>;
  /** Larger, and without the side columns: for the back of a room. */
  readonly isProjector: Signal<boolean>;
  /** Whether single letters are commands where nothing is written. */
  readonly hasLetterKeys: Signal<boolean>;
  readonly dialog: Signal<DialogName | undefined>;
  /** The lesson that the dialog of lessons asks about. */
  readonly lesson: Signal<string | undefined>;
  /** What the link brought along that this page was opened with. */
  readonly link: Signal<SharedSandbox | { readonly problem: string } | undefined>;
  /** How the dots are drawn in this browser. */
  readonly dotQuality: Signal<DotQuality>;
  /** Somebody has opened a trace: the page need not explain its dots any more. */
  readonly knowsDots: Signal<boolean>;
  /** Somebody has moved a canary's weight: the control need not draw the eye any more. */
  readonly knowsWeight: Signal<boolean>;
  /** How many of the next 100 somebody thinks a canary will get, guessed before its weight was changed. */
  readonly guess: Signal<{ readonly canary: ObjectKey; readonly of100: number } | undefined>;
  readonly theme: Signal<'auto' | 'light' | 'dark'>;
  /** Short answer to what somebody just did. */
  readonly notice: Signal<{ readonly text: string; readonly tone: 'ok' | 'error' } | undefined>;
}

/** Everything the page is made of; one for each tab. */
export interface Page {
  readonly store: Store;
  readonly view: View;
  readonly derived: Derived;
  readonly live: LiveCluster;
  readonly connection: FeedConnection;
  readonly dots: DotField;
  /** Refuses to change anything as long as there is a reason in {@link whyNotWrite}. */
  readonly transport: Transport;
  /** Why nothing can be changed now, for a person; '' when it can. */
  readonly whyNotWrite: ReadonlySignal<string>;
  readonly timers: Timers;
  readonly words: Words;
  readonly editor: EditorSession;
  readonly terminal: TerminalSession;
  readonly lesson: LessonSession;
  readonly progress: Progress;
}

/** The page's composition root. */
/** @param storage - of this tab. @param local - of this browser */
export function createPage(cluster: Transport, timers: Timers, storage?: DraftStore, local?: ProgressStore): Page {
  const store = createStore();
  const words = createWords();
  const whyNotWrite = computed(() => reasonAgainstWrites(store, words));
  const transport = guardedTransport(cluster, () => whyNotWrite.peek());
  const view = createView();
  const dots = new DotField(timers.random);
  const live = new LiveCluster(store, timers, (steps) => {
    if (store.frozenAt.peek() === undefined) dots.count(steps, timers.now());
  });
  const connection = new FeedConnection(transport, timers, live);
  const derived = derive(store, view);
  effect(() => dots.setWays(derived.ways.value));
  followEpoch(store, view, words);
  const editor = new EditorSession({ transport, timers, store, live, storage });
  const lesson = new LessonSession(transport, timers, store);
  const progress = new Progress(local);
  recordProgress({ lesson, progress, transport, store });
  return {
    store,
    view,
    derived,
    live,
    connection,
    dots,
    transport,
    whyNotWrite,
    timers,
    words,
    editor,
    terminal: new TerminalSession(transport),
    lesson,
    progress,
  };
}

function reasonAgainstWrites({ past, role, connection }: Store, { t }: Words): string {
  const step = past.value;
  if (step !== undefined) return t('whyNot.past', { rev: step.rev });
  if (role.value === 'viewer') return t('whyNot.viewer');
  return connection.value.phase === 'lost' ? t('whyNot.lost') : '';
}

/** Another epoch is another run of the sandbox: nothing that was open belongs to it. */
function followEpoch({ past, parts: { epoch } }: Store, view: View, words: Words): void {
  let before = '';
  effect(() => {
    const isRestart = before !== '' && epoch.value !== before;
    before = epoch.value;
    if (!isRestart) return;
    view.trace.value = undefined;
    view.selected.value = undefined;
    view.wantedStep.value = undefined;
    past.value = undefined;
    view.notice.value = { text: words.t('notice.restarted'), tone: 'ok' };
  });
}

function createView(): View {
  return {
    tab: signal<Tab>('requests'),
    selected: signal<string | undefined>(undefined),
    trace: signal<OpenTrace | undefined>(undefined),
    replay: signal<{ id: number; round: number } | undefined>(undefined),
    source: signal<ShownSource | undefined>(undefined),
    pointed: signal<View['pointed']['value']>(undefined),
    mapForm: signal<'map' | 'list'>('map'),
    mapSize: signal({ width: 0, height: 0 }),
    isTall: signal(false),
    wantedStep: signal<number | undefined>(undefined),
    isLessonShown: signal(true),
    isProjector: signal(false),
    hasLetterKeys: signal(true),
    dialog: signal<DialogName | undefined>(undefined),
    lesson: signal<string | undefined>(undefined),
    link: signal<View['link']['value']>(undefined),
    dotQuality: signal<DotQuality>('full'),
    knowsDots: signal(false),
    knowsWeight: signal(false),
    guess: signal<View['guess']['value']>(undefined),
    theme: signal<'auto' | 'light' | 'dark'>('auto'),
    notice: signal<{ text: string; tone: 'ok' | 'error' } | undefined>(undefined),
  };
}
