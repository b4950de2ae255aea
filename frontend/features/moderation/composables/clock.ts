/** Now, once a second, by the server's time; and spans of time in words. */
import { onScopeDispose, ref, type Ref } from 'vue'
import { t } from '@/shared/i18n'
import { serverTime } from '@/shared/lib/server-clock'

export function useNow(): Ref<number> {
  const now = ref(serverTime())
  const timer = setInterval(() => (now.value = serverTime()), 1000)
  onScopeDispose(() => clearInterval(timer))
  return now
}

/** `04:12` below an hour when `exact`, else the two largest units. */
export function useSpan() {
  return (milliseconds: number, exact = false): string => {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000))
    const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60]
    if (days) return t('moderation.span.days', { days, hours })
    if (hours) return t('moderation.span.hours', { hours, minutes })
    if (!exact) return t('moderation.span.minutes', { minutes: Math.max(1, minutes) })
    return `${String(minutes).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
  }
}
