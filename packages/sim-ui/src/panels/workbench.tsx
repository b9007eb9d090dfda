import type { Page, Tab } from '../app/page.ts';
import { Later, type Panel } from './later.tsx';
import { RequestsPanel } from './requests-panel.tsx';

/** Panels that come when their tab is opened first. */
const LATER: Readonly<Record<Exclude<Tab, 'requests'>, () => Promise<Panel>>> = {
  object: async () => (await import('./object-panel.tsx')).ObjectPanel,
  objects: async () => (await import('../objects/objects-panel.tsx')).ObjectsPanel,
  events: async () => (await import('./events-panel.tsx')).EventsPanel,
  problems: async () => (await import('./problems-panel.tsx')).ProblemsPanel,
  logs: async () => (await import('./logs-panel.tsx')).LogsPanel,
  yaml: async () => (await import('../editor/yaml-panel.tsx')).YamlPanel,
  terminal: async () => (await import('../terminal/terminal-panel.tsx')).TerminalPanel,
  nginx: async () => (await import('./nginx-panel.tsx')).NginxPanel,
  chart: async () => (await import('../chart/traffic-chart.tsx')).TrafficChart,
  grade: async () => (await import('../lesson/grade-panel.tsx')).GradePanel,
  class: async () => (await import('../classroom/class-grid.tsx')).ClassGrid,
};

const TABS = Object.freeze(['requests', ...(Object.keys(LATER) as (keyof typeof LATER)[])] as const);

/** What stands below the map, one thing at a time. */
export function Workbench({ page }: { page: Page }) {
  const { tab } = page.view;
  const { t } = page.words;
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = TABS[(TABS.indexOf(tab.value) + step + TABS.length) % TABS.length];
    if (!next) return;
    tab.value = next;
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <section class="workbench" aria-label={t('workbench.region')}>
      <div class="tabs">
        <div class="tabs__list" role="tablist" onKeyDown={move}>
          {TABS.map((own) => (
            <button
              key={own}
              type="button"
              role="tab"
              class="tab"
              id={`tab-${own}`}
              aria-selected={tab.value === own}
              aria-controls="tabpanel"
              tabIndex={tab.value === own ? 0 : -1}
              onClick={() => (tab.value = own)}
            >
              {t(`tab.${own}`)}
              <Badge page={page} tab={own} />
            </button>
          ))}
        </div>
        <TallButton page={page} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <div class="tabpanel" id="tabpanel" role="tabpanel" tabIndex={0} aria-labelledby={`tab-${tab.value}`}>
        <Contents page={page} />
      </div>
    </section>
  );
}

function TallButton({ page }: { page: Page }) {
  const { isTall } = page.view;
  return (
    <button
      type="button"
      class="quiet tabs__tall"
      aria-pressed={isTall.value}
      aria-keyshortcuts="Control+J"
      title="Ctrl+J"
      onClick={() => (isTall.value = !isTall.value)}
    >
      {page.words.t(isTall.value ? 'workbench.lower' : 'workbench.taller')}
    </button>
  );
}

function Contents({ page }: { page: Page }) {
  const tab = page.view.tab.value;
  return tab === 'requests' ? <RequestsPanel page={page} /> : <Later key={tab} page={page} load={LATER[tab]} />;
}

function Badge({ page, tab }: { page: Page; tab: Tab }) {
  if (tab !== 'problems') return null;
  const findings = page.store.parts.findings.value;
  if (findings.length === 0) return null;
  const worst = findings.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
  return (
    <span class="count" data-tone={findings.every(({ severity }) => severity === 'info') ? 'info' : worst}>
      {findings.length}
    </span>
  );
}
