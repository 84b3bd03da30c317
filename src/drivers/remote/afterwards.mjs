// Sources start through tsx, which a process has to register for itself.
import { register } from 'tsx/esm/api';

register();
await import('./afterwards.ts');
