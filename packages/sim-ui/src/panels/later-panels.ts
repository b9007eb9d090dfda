/** Small panels that come together with the first of them: files of a kilobyte each would not compress. */
export { TrafficChart } from '../chart/traffic-chart.tsx';
export { ClassGrid } from '../classroom/class-grid.tsx';
export { GradePanel } from '../lesson/grade-panel.tsx';
export { LessonPanel } from '../lesson/lesson-panel.tsx';
export { ObjectsPanel } from '../objects/objects-panel.tsx';
export { EventsPanel } from './events-panel.tsx';
export { LogsPanel } from './logs-panel.tsx';
export { NginxPanel } from './nginx-panel.tsx';
export { ObjectPanel } from './object-panel.tsx';
export { ProblemsPanel } from './problems-panel.tsx';
