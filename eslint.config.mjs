import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import globals from 'globals';
import ts from 'typescript-eslint';

/** The arrows of the README: what each room may import besides itself and packages. */
const arrows = {
  'harness/errors.ts': [],
  'harness/packet': ['harness/errors.ts'],
  'harness/native': ['harness/errors.ts'],
  'harness/socket': ['harness/packet', 'harness/errors.ts'],
  'harness/lab': ['harness/socket', 'harness/packet', 'harness/errors.ts'],
  'harness/rules': ['harness/lab', 'harness/socket', 'harness/packet', 'harness/errors.ts'],
  'harness/defects': [
    'harness/rules',
    'harness/lab',
    'harness/socket',
    'harness/packet',
    'harness/errors.ts',
  ],
  'harness/platform': [
    'harness/native',
    'harness/lab',
    'harness/socket',
    'harness/packet',
    'harness/errors.ts',
  ],
  'harness/run': [
    'suites',
    'reports',
    'harness/defects',
    'harness/platform',
    'harness/rules',
    'harness/lab',
    'harness/socket',
    'harness/packet',
    'harness/errors.ts',
  ],
  'harness/boot': ['reports', 'harness/errors.ts'],
  suites: ['harness/index.ts'],
  reports: [],
};

const places = [...Object.keys(arrows), 'harness/index.ts', 'harness/cli'];
const zones = Object.entries(arrows).map(([room, reaches]) => ({
  target: `./${room}`,
  from: places.filter((place) => place !== room && !reaches.includes(place)).map((place) => `./${place}`),
  message: 'The rooms and their arrows are drawn in the README and listed in eslint.config.mjs.',
}));

export default ts.config(
  { ignores: ['node_modules/', 'reports/out/', 'coverage/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'platform',
          message: 'Systems are told apart in harness/platform/current.ts.',
        },
      ],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['suites/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'setImmediate', 'process'].map((name) => ({
          name,
          message: 'A rule waits for no time and knows no platform: use a witness and a fence.',
        })),
      ],
    },
  },
  { files: ['harness/platform/current.ts'], rules: { 'no-restricted-properties': 'off' } },
  // A test may reach for what it compares with.
  {
    files: ['**/*.test.ts'],
    ignores: ['suites/rfc3542.test.ts'],
    rules: { 'no-restricted-properties': 'off', 'import-x/no-restricted-paths': 'off' },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  { files: ['**/*.cjs'], languageOptions: { globals: globals.node, sourceType: 'commonjs' } },
);
