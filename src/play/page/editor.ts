/** The editor of manifests: CodeMirror with YAML, loaded when it is opened. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { defaultHighlightStyle, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';

/** What is wrong, and where: both count from 1. */
export interface Misplaced {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface Editor {
  text(): string;
  put(text: string): void;
  /** Marks errors in place of those that were marked. */
  show(errors: readonly Misplaced[]): void;
  close(): void;
}

/** Over the colours of the page, dark and light. */
const LOOKS = EditorView.theme({
  '&': { backgroundColor: 'var(--ground)', color: 'var(--text)', border: '1px solid var(--line)' },
  '.cm-gutters': { backgroundColor: 'var(--raised)', color: 'var(--quiet)' },
  '.cm-content': { caretColor: 'var(--text)' },
  '&.cm-focused': { outline: '3px solid var(--link)' },
  '.cm-scroller': { maxHeight: '24rem', overflow: 'auto' },
});

/** CodeMirror's colours are for a light ground: on a dark one they are lighter. */
const COLOURS = HighlightStyle.define(
  defaultHighlightStyle.specs.map((spec) => ({
    ...spec,
    ...(typeof spec['color'] === 'string'
      ? { color: `light-dark(${spec['color']}, color-mix(in srgb, ${spec['color']} 35%, white))` }
      : {}),
  })),
);

/** @param label for who does not see it */
export function openEditor(parent: HTMLElement, text: string, label: string): Editor {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        yaml(),
        syntaxHighlighting(COLOURS),
        // Tab leaves the editor, as it does any field.
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        LOOKS,
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    put: (fresh) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: fresh } }),
    show(errors) {
      const { doc } = view.state;
      const diagnostics = errors.map(({ line, column, message }) => {
        const at = doc.line(Math.min(Math.max(1, line), doc.lines));
        const from = Math.min(at.from + Math.max(0, column - 1), at.to);
        return { from, to: at.to, severity: 'error' as const, message };
      });
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    close: () => view.destroy(),
  };
}
