import { expect, it } from 'vitest';
import { imageNameProblem } from './imagename.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

/** Names of reference_test.go and normalize_test.go. */
it.each([
  'nginx',
  'nginx:1.25',
  'nginx:MAINLINE_1.x',
  `nginx@${DIGEST}`,
  `registry.k8s.io/a/b-c__d.e:v1@${DIGEST}`,
  'localhost/web',
  'localhost:5000/web',
  'REGISTRY/web',
  '[2001:db8::1]:5000/web',
  'test.com:8080/a:b',
  'foo_bar.com:8080',
  'foo/foo_bar.com:8080',
])('%s is a name', (image) => {
  expect(imageNameProblem(image)).toBeUndefined();
});

it.each([
  ['Nginx', 'invalid reference format: repository name (library/Nginx) must be lowercase'],
  ['team/Web:1', 'invalid reference format: repository name (team/Web) must be lowercase'],
  ['{IMAGE}', 'invalid reference format: repository name (library/{IMAGE}) must be lowercase'],
  ['<image>', 'invalid reference format'],
  ['REGISTRY_NAME/web', 'repository name must be lowercase'],
  ['nginx:', 'invalid reference format'],
  ['nginx:1.2:3', 'invalid reference format'],
  ['nginx@sha256:ab', 'invalid reference format'],
  ['https://registry.example/web', 'invalid reference format'],
  ['a//b', 'invalid reference format'],
  ['-web', 'invalid reference format'],
  ['a'.repeat(256), 'repository name must not be more than 255 characters'],
  [
    '0a'.repeat(32),
    `invalid repository name (${'0a'.repeat(32)}), cannot specify 64-byte hexadecimal strings`,
  ],
])('%s is none', (image, problem) => {
  expect(imageNameProblem(image)).toBe(
    `Failed to apply default image tag "${image}": couldn't parse image name "${image}": ${problem}`,
  );
});
