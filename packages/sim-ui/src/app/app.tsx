import { ClusterMap } from '../map/map.tsx';
import { BreakPanel } from '../panels/break-panel.tsx';
import { Later } from '../panels/later.tsx';
import { LoadPanel } from '../panels/load-panel.tsx';
import { SimulatePanel } from '../panels/simulate-panel.tsx';
import { Workbench } from '../panels/workbench.tsx';
import { LinkBar } from '../share/link-bar.tsx';
import { SplitPanel } from '../split/split-panel.tsx';
import { WeightPanel } from '../split/weight-panel.tsx';
import { PastBar } from '../timeline/past-bar.tsx';
import { TimelineBar } from '../timeline/timeline-bar.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { Dialogs } from './dialogs.tsx';
import { Guard } from './guard.tsx';
import { Announcer, Notice } from './notice.tsx';
import type { Page } from './page.ts';
import { TokenPage, Waiting } from './states.tsx';
import { TopBar } from './top-bar.tsx';

const loadLessonPanel = async () => (await import('../lesson/lesson-panel.tsx')).LessonPanel;

/** The whole page: bar, map, side column, workbench. */
export function App({ page }: { page: Page }) {
  const { store } = page;
  if (store.connection.value.phase === 'unauthorized') return <TokenPage page={page} />;
  return (
    <div
      class="page"
      data-connection={store.connection.value.phase}
      data-past={store.past.value === undefined ? undefined : ''}
      data-projector={page.view.isProjector.value ? '' : undefined}
    >
      <a class="skip" href="#map">
        {page.words.t('app.skip')}
      </a>
      <TopBar page={page} />
      <ConnectionBar page={page} />
      <LinkBar page={page} />
      {store.ready.value ? <Regions page={page} /> : <Waiting page={page} />}
      <PastBar page={page} />
      {store.ready.value && <TimelineBar page={page} />}
      <Announcer page={page} />
      <Notice page={page} />
      <Dialogs page={page} />
    </div>
  );
}

function Regions({ page }: { page: Page }) {
  const isViewer = page.store.role.value === 'viewer';
  return (
    <div
      class="regions"
      data-tall={page.view.isTall.value ? '' : undefined}
      data-lesson={page.lesson.state.value && page.view.isLessonShown.value ? '' : undefined}
    >
      {page.lesson.state.value && page.view.isLessonShown.value && (
        <Later page={page} load={loadLessonPanel} what="region.lesson" />
      )}
      <main class="centre" id="map" tabIndex={-1}>
        <Guard page={page} what="region.map">
          <ClusterMap page={page} />
        </Guard>
      </main>
      <aside class="side" aria-label={page.words.t('app.side')}>
        <fieldset class="side__controls" disabled={page.whyNotWrite.value !== ''}>
          <Guard page={page} what="region.split">
            <SplitPanel page={page} />
            {!isViewer && <WeightPanel page={page} />}
          </Guard>
          {!isViewer && (
            <>
              <Guard page={page} what="region.load">
                <LoadPanel page={page} />
                <SimulatePanel page={page} />
              </Guard>
              <Guard page={page} what="region.panel">
                <BreakPanel page={page} />
              </Guard>
            </>
          )}
        </fieldset>
      </aside>
      <Guard page={page} what="region.workbench">
        <Workbench page={page} />
      </Guard>
    </div>
  );
}
