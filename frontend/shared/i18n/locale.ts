/** The reader's language: kept in a cookie, so that the server knows it too. */
import { ref } from 'vue'
import { cookie, setCookie } from '@/shared/lib/cookies'

export const LOCALES = ['zh-Hans', 'zh-Hant', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export const LOCALE_NAMES: Record<Locale, string> = { 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文', en: 'English' }

const locale = ref<Locale>(initial())

export function currentLocale(): Locale {
  return locale.value
}

/** What was written in several languages, in the reader's; in 简体 where theirs is missing. */
export function inLanguage(texts: unknown): string {
  const written = (texts ?? {}) as Record<string, string | undefined>
  return written[currentLocale()] || written['zh-Hans'] || ''
}

export function keepLocale(chosen: Locale): void {
  locale.value = chosen
  setCookie('tz_locale', chosen)
  document.documentElement.lang = chosen
}

/** The shell has decided already (cookie, account, browser): its `lang` is the answer. */
function initial(): Locale {
  return asLocale(document.documentElement.lang) ?? asLocale(cookie('tz_locale') ?? '') ?? 'zh-Hans'
}

export function asLocale(text: string): Locale | null {
  const wanted = text.toLowerCase()
  if (wanted.startsWith('en')) return 'en'
  if (/^zh-(hant|tw|hk|mo)/.test(wanted)) return 'zh-Hant'
  return wanted.startsWith('zh') ? 'zh-Hans' : null
}
