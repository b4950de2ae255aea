/** Days that are left, where a clock of hours would say too much; null in the last days. */
import { serverTime } from '@/shared/lib/server-clock'

const DAY = 86_400_000
const LAST_DAYS = 3

export function daysLeft(until: string): number | null {
  const days = Math.floor((Date.parse(until) - serverTime()) / DAY)
  return days >= LAST_DAYS ? days : null
}
