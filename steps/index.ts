/** Every step of the language, its parameter types, and what happens around scenarios. */
import './hooks.ts';
import './parameters.ts';
import './en/setup.ts';
import './en/actions.ts';
import './en/faults.ts';
import './en/claims.ts';
import './ja/setup.ts';
import './ja/actions.ts';
import './ja/faults.ts';
import './ja/claims.ts';
