/** Small dialogs that come together with the first of them: files of a kilobyte each would not compress. */
export { KeysDialog } from '../commands/keys-dialog.tsx';
export { LessonsDialog } from '../lesson/lessons-dialog.tsx';
export { LimitsDialog } from '../limits/limits-dialog.tsx';
export { ShareDialog } from '../share/share-dialog.tsx';
export { SettingsDialog } from './settings-dialog.tsx';
