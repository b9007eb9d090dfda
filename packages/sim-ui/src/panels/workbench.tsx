import type { ComponentChildren } from 'preact';
import type { Page, Tab } from '../app/page.ts';
import { TrafficChart } from '../chart/traffic-chart.tsx';
import { ClassGrid } from '../classroom/class-grid.tsx';
import { YamlPanel } from '../editor/yaml-panel.tsx';
import { EventsPanel } from './events-panel.tsx';
import { Later } from './later.tsx';
import { ObjectPanel } from './object-panel.tsx';
import { ProblemsPanel } from './problems-panel.tsx';
import { RequestsPanel } from './requests-panel.tsx';

const loadLogsPanel = async () => (await import('./logs-panel.tsx')).LogsPanel;
const loadNginxPanel = async () => (await import('./nginx-panel.tsx')).NginxPanel;
const loadTerminalPanel = async () => (await import('../terminal/terminal-panel.tsx')).TerminalPanel;

const TABS: readonly { tab: Tab; label: string }[] = [
  { tab: 'requests', label: 'Requests' },
  { tab: 'object', label: 'Selected' },
  { tab: 'events', label: 'Events' },
  { tab: 'problems', label: 'Problems' },
  { tab: 'logs', label: 'Logs' },
  { tab: 'yaml', label: 'YAML' },
  { tab: 'terminal', label: 'Terminal' },
  { tab: 'nginx', label: 'nginx.conf' },
  { tab: 'chart', label: 'Chart' },
  { tab: 'class', label: 'Class' },
];

/** What stands below the map, one thing at a time. */
export function Workbench({ page }: { page: Page }) {
  const { tab } = page.view;
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = TABS[(TABS.findIndex((one) => one.tab === tab.value) + step + TABS.length) % TABS.length];
    if (!next) return;
    tab.value = next.tab;
    document.getElementById(`tab-${next.tab}`)?.focus();
  };
  return (
    <section class="workbench" aria-label="Workbench">
      <div class="tabs">
        <div class="tabs__list" role="tablist" onKeyDown={move}>
          {TABS.map(({ tab: own, label }) => (
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
              {label}
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
      {isTall.value ? 'Lower' : 'Taller'}
    </button>
  );
}

function Contents({ page }: { page: Page }): ComponentChildren {
  switch (page.view.tab.value) {
    case 'requests':
      return <RequestsPanel page={page} />;
    case 'object':
      return <ObjectPanel page={page} />;
    case 'events':
      return <EventsPanel page={page} />;
    case 'problems':
      return <ProblemsPanel page={page} />;
    case 'yaml':
      return <YamlPanel page={page} />;
    case 'chart':
      return <TrafficChart page={page} />;
    case 'class':
      return <ClassGrid />;
    case 'logs':
      return <Later key="LogsPanel" page={page} load={loadLogsPanel} />;
    case 'nginx':
      return <Later key="NginxPanel" page={page} load={loadNginxPanel} />;
    case 'terminal':
      return <Later key="TerminalPanel" page={page} load={loadTerminalPanel} />;
  }
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
