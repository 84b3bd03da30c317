// Sources start through tsx, which a thread has to register for itself.
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
