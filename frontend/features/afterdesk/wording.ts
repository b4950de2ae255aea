/** How states look at the desk, and spans of time in words. */
import { t } from '@/shared/i18n'

export function stateLook(state: string): string {
  if (['APPLIED', 'APPEALED', 'ARBITRATION'].includes(state)) return 'c-chip--accent'
  if (['REVIEWING', 'INSPECTING', 'RECEIVED', 'ACCEPTED', 'APPROVED'].includes(state)) return 'c-chip--warn'
  if (['WAIT_BUYER_SHIP', 'IN_TRANSIT', 'REFUNDING', 'RESHIPPING'].includes(state)) return 'c-chip--info'
  return ['DONE', 'REVISIT', 'ARCHIVED'].includes(state) ? 'c-chip--good' : ''
}

export function useSpans() {
  return (milliseconds: number): string => {
    const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
    const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24]
    if (days) return t('afterdesk.span.days', { days, hours })
    return hours ? t('afterdesk.span.hours', { hours, minutes: minutes % 60 }) : t('afterdesk.span.minutes', { minutes })
  }
}
