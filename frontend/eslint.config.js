import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/** apps -> features -> shared, and no feature knows another. */
const layers = [
  layer('shared/**', ['@/features/*', '@/features/**', '@/apps/*', '@/apps/**'], 'shared/ stands below features/ and apps/'),
  layer('features/**', ['@/apps/*', '@/apps/**'], 'features/ stands below apps/'),
  {
    files: ['features/**/*.{ts,vue}'],
    rules: { 'no-restricted-syntax': ['error', ...alienImports()] },
  },
]

function layer(files, group, message) {
  return { files: [`${files}/*.{ts,vue}`], rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] } }
}

/** Inside a feature everything is imported relatively, so an import by `@/features/` is another feature's. */
function alienImports() {
  const message = 'A feature imports itself relatively and knows no other feature; what two share goes into shared/.'
  return ['ImportDeclaration', 'ImportExpression', 'ExportNamedDeclaration'].map((node) => ({
    selector: `${node}[source.value=/(^@\\u002Ffeatures\\u002F)|(\\.\\.\\u002F\\.\\.\\u002F\\.\\.)/]`,
    message,
  }))
}

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'shared/graphql/schema-env.d.ts'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    files: ['**/*.{ts,vue}'],
    rules: {
      'max-lines': ['error', 400],
      'no-undef': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      // How tags break is left to the hand: the drawings in this workspace are long, the rest short.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/html-indent': 'off',
      'vue/html-self-closing': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
      // Only drawings of our own and of the server's QR codes; never a person's text.
      'vue/no-v-html': 'off',
    },
  },
  { files: ['apps/*/routes/*.vue', 'apps/*/App.vue', 'shared/ui/*.vue'], rules: { 'vue/multi-word-component-names': 'off' } },
  ...layers,
)
