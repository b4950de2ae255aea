/**
 * Texts. Each feature keeps its own in `features/<name>/locales/<locale>.json`, under its own name
 * (`t('groupbuy.join')`); a route says which features it shows, and their texts are loaded before it opens.
 */
import { createI18n } from 'vue-i18n'
import { currentLocale, keepLocale, type Locale } from './locale'

type Messages = Record<string, unknown>
type Load = () => Promise<{ default: Messages }>

const files: Record<string, Load> = {
  ...(import.meta.glob('/features/*/locales/*.json') as Record<string, Load>),
  ...(import.meta.glob('/shared/i18n/locales/*.json') as Record<string, Load>),
}

export const i18n = createI18n({
  legacy: false,
  locale: currentLocale(),
  fallbackLocale: false as never,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
  messages: {} as Record<string, never>,
})

const loaded = new Set<string>()
const wanted = new Set<string>(['shared'])

export async function loadTexts(features: readonly string[], locale: Locale = currentLocale()): Promise<void> {
  for (const feature of features) wanted.add(feature)
  await Promise.all([...wanted].map((feature) => load(feature, locale)))
}

export async function switchLocale(locale: Locale): Promise<void> {
  await loadTexts([], locale)
  keepLocale(locale)
  i18n.global.locale.value = locale as never
}

async function load(feature: string, locale: Locale): Promise<void> {
  const key = `${feature} ${locale}`
  if (loaded.has(key)) return
  const path = feature === 'shared' ? `/shared/i18n/locales/${locale}.json` : `/features/${feature}/locales/${locale}.json`
  const file = files[path]
  if (!file) return
  const texts = (await file()).default
  const named = feature === 'shared' ? texts : { [feature]: texts }
  i18n.global.mergeLocaleMessage(locale, named as never)
  loaded.add(key)
}

export { currentLocale, LOCALES, LOCALE_NAMES, type Locale } from './locale'
export * from './format'
