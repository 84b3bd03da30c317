/** Manifests that are written, or dropped as files, and applied; errors stand where they are. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Language } from '../../messages/index.ts';
import type { Editor } from './editor.ts';
import type { LivePage } from './livesession.ts';
import { playgroundWords } from './words.ts';

const EXAMPLE = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: nginx
          image: nginx
          ports:
            - containerPort: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports:
    - port: 80
`;

/** Where an error of a manifest stands: `STDIN:3:9: …`. */
const PLACE = /STDIN:(\d+):(\d+): ?(.*)/g;

interface Props {
  readonly page: LivePage;
  readonly language: Language;
}

export function EditorPane({ page, language }: Props): JSX.Element {
  const words = playgroundWords(language);
  const host = useRef<HTMLDivElement>(null);
  const editor = useSignal<Editor | undefined>(undefined);
  const said = useSignal('');
  const open = async (): Promise<Editor> => {
    if (editor.peek() !== undefined) return editor.peek()!;
    const { openEditor } = await import('./editor.ts');
    return (editor.value ??= openEditor(host.current!, EXAMPLE, words.editor));
  };
  useEffect(() => () => editor.peek()?.close(), []);
  const apply = async (): Promise<void> => {
    const is = editor.value!;
    const text = is.text();
    is.show([]);
    try {
      await page.ask({ ask: 'play', operation: { op: 'manifest', text } });
      said.value = words.applied;
    } catch (error) {
      const { message } = error as Error;
      said.value = message;
      is.show(
        [...message.matchAll(PLACE)].map(([, line, column, what]) => ({
          line: Number(line),
          column: Number(column),
          message: what ?? '',
        })),
      );
    }
  };
  const drop = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return;
    const texts = await Promise.all(files.map((f) => f.text()));
    (await open()).put(texts.join('\n---\n'));
    await apply();
  };
  // Wherever they fall: a browser would leave the page for a file that nobody takes.
  useEffect(() => {
    const holdsFiles = (e: DragEvent): boolean => e.dataTransfer?.types.includes('Files') === true;
    const over = (e: DragEvent): void => {
      if (holdsFiles(e)) e.preventDefault();
    };
    const dropped = (e: DragEvent): void => {
      if (!holdsFiles(e)) return;
      e.preventDefault();
      // The editor would put them where they fall.
      e.stopPropagation();
      void drop([...(e.dataTransfer?.files ?? [])]);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('drop', dropped, { capture: true });
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', dropped, { capture: true });
    };
  }, [language]);
  return (
    <section class="pane editor" aria-labelledby="pane-editor">
      <h2 id="pane-editor">{words.editor}</h2>
      <p class="hint">{words.drop}</p>
      <div ref={host} class="code" />
      {editor.value === undefined ? (
        <button type="button" id="open-editor" onClick={() => void open()}>
          {words.openEditor}
        </button>
      ) : (
        <button type="button" id="apply" onClick={() => void apply()}>
          {words.apply}
        </button>
      )}
      <p role="status" class="said">
        {said.value}
      </p>
    </section>
  );
}
