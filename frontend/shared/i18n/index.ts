/**
 * Texts. Each feature keeps its own in `features/<name>/locales/<locale>.json`, under its own name
 * (`t('groupbuy.join')`); a route says which features it shows, and their texts are loaded before it opens.
 * A text is an ICU message: `{name}`, and `{count, plural, one {# group} other {# groups}}` where the number matters.
 */
import { setupI18n, type Messages } from '@lingui/core'
import { ref } from 'vue'
import { currentLocale, keepLocale, type Locale } from './locale'

type Load = () => Promise<{ default: Messages }>

// The shop carries no names of files that only the consoles show.
const files: Record<string, Load> = {
  ...(import.meta.glob(['/features/*/locales/*.json', '!/features/{afterdesk,channels,fraud,growth,memberdesk,merchandising,moderation,staff}/**']) as Record<string, Load>),
  ...(typeof __SHOP__ !== 'undefined' && __SHOP__ ? {} : (import.meta.glob('/features/{afterdesk,channels,fraud,growth,memberdesk,merchandising,moderation,staff}/locales/*.json') as Record<string, Load>)),
  ...(import.meta.glob('/shared/i18n/locales/*.json') as Record<string, Load>),
}

const catalogue = setupI18n({ locale: currentLocale(), messages: { [currentLocale()]: {} } })
const loaded = new Set<string>()
const wanted = new Set<string>(['shared'])
/** Counts what was loaded, so that a text drawn before its words came is drawn again. */
const loads = ref(0)

/** The text under a key in the reader's language; the key itself where there is none. */
export function t(key: string, values?: Record<string, unknown>): string {
  return knows() && catalogue._(key, values)
}

/** Whether there is a text under a key. */
export function te(key: string): boolean {
  return knows() && key in catalogue.messages
}

export async function loadTexts(features: readonly string[], locale: Locale = currentLocale()): Promise<void> {
  for (const feature of features) wanted.add(feature)
  await Promise.all([...wanted].map((feature) => load(feature, locale)))
}

export async function switchLocale(locale: Locale): Promise<void> {
  await loadTexts([], locale)
  catalogue.activate(locale)
  keepLocale(locale)
}

/** Lets whoever draws a text hear of another language and of words that came later. */
function knows(): true {
  void [currentLocale(), loads.value]
  return true
}

async function load(feature: string, locale: Locale): Promise<void> {
  const key = `${feature} ${locale}`
  if (loaded.has(key)) return
  const isShared = feature === 'shared'
  const file = files[isShared ? `/shared/i18n/locales/${locale}.json` : `/features/${feature}/locales/${locale}.json`]
  if (!file) return
  const texts = Object.entries((await file()).default)
  catalogue.load(locale, isShared ? Object.fromEntries(texts) : Object.fromEntries(texts.map(([name, text]) => [`${feature}.${name}`, text])))
  loaded.add(key)
  loads.value++
}

export { currentLocale, inLanguage, LOCALES, LOCALE_NAMES, type Locale } from './locale'
export * from './format'
