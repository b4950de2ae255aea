/** Light, dark, or as the device says. The shell puts the theme into the page before anything is drawn. */
import { ref, watch } from 'vue'
import { cookie, setCookie } from '@/shared/lib/cookies'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const kept = cookie('tz_theme') as Theme | null
export const theme = ref<Theme>(kept && THEMES.includes(kept) ? kept : 'auto')

export function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const isDark = theme.value === 'dark' || (theme.value === 'auto' && dark.matches)
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
  }
  dark.addEventListener('change', apply)
  watch(theme, (chosen) => {
    setCookie('tz_theme', chosen)
    apply()
  })
  apply()
}
