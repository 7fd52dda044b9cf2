import js from '@eslint/js'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import { clew } from './eslint.rules.js'

const TS = '**/*.{ts,tsx}'
const CODE = ['app/**/*.{ts,tsx}', 'db/**/*.ts', 'jobs/**/*.ts']
const MAY_EXPORT_DEFAULT = ['app/routes/**', 'app/root.tsx', 'app/entry.*.tsx', 'app/routes.ts', '*.{js,cjs,ts}']

const syntax = {
  rawSql: { selector: "MemberExpression[object.name='sql'][property.name='raw']", message: 'sql.raw bypasses binding: use sql`…`, sql.identifier or a listed fragment.' },
  innerHtml: { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'HTML from strings is an injection: render elements.' },
  now: { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The domain does not read the clock: take ctx.now.' },
  clock: { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'The domain does not read the clock: take ctx.now.' },
}
const banned = (...rules) => ['error', ...rules]
const functionLines = (max) => ({ 'max-lines-per-function': ['error', { max, skipBlankLines: true, skipComments: true, IIFEs: true }] })

export default tseslint.config(
  { ignores: ['node_modules/', 'build/', 'public/', '.data/', '.cache/', 'coverage/', 'playwright-report/', 'test-results/', 'db/migrations/', 'docs/', '**/*tmp*'] },
  js.configs.recommended,
  {
    files: [TS],
    extends: [...tseslint.configs.strict],
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-undef': 'off',
    },
  },
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    plugins: { clew },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-else-return': ['error', { allowElseIf: false }],
      'no-control-regex': 'off',
      'no-var': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 250 }],
      'clew/file-names': 'error',
    },
  },
  {
    files: CODE,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/only-throw-error': ['error', { allow: [{ from: 'lib', name: 'Response' }, { from: 'package', name: 'TypedResponse', package: '@remix-run/server-runtime' }], allowThrowingUnknown: true }],
      'no-console': 'error',
      'no-restricted-syntax': banned(syntax.rawSql, syntax.innerHtml),
    },
  },
  { files: CODE, ignores: MAY_EXPORT_DEFAULT, rules: { 'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } }] } },
  { files: ['app/domain/**/*.ts'], rules: { ...functionLines(80), 'no-restricted-syntax': banned(syntax.rawSql, syntax.innerHtml, syntax.now, syntax.clock) } },
  { files: ['jobs/handlers/**/*.ts'], rules: functionLines(25) },
  {
    files: ['app/**/*.tsx'],
    extends: [jsxA11y.flatConfigs.recommended],
    plugins: { 'react-hooks': reactHooks },
    rules: { ...reactHooks.configs.recommended.rules, ...functionLines(150), 'jsx-a11y/no-autofocus': 'off', 'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: [], roles: ['tabpanel', 'region'], allowExpressionValues: true }] },
  },
  { files: ['app/routes/**/*.{ts,tsx}'], rules: { 'max-lines': ['error', { max: 200 }], 'clew/loader-length': ['error', { max: 40 }] } },
  { files: ['app/cli/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['app/**/vocabulary.ts', 'app/i18n/messages/**', 'db/seeds/**', 'db/schema/**', '**/*.table.ts'], rules: { 'max-lines': 'off' } },
  { files: ['tests/**/*.ts', 'tests/**/*.tsx'], rules: { 'max-lines': 'off', '@typescript-eslint/no-non-null-assertion': 'off', '@typescript-eslint/no-dynamic-delete': 'off' } },
  { files: ['**/*.d.ts'], rules: { '@typescript-eslint/consistent-type-definitions': 'off' } },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
)
