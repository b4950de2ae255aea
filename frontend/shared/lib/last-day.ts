import { day } from '@/shared/i18n/format'

/** The last day of a time that ends at midnight of the day after. */
export function lastDayOf(end: string): string {
  return day(new Date(Date.parse(end) - 1))
}
