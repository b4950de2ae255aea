/** Numbers, money and times in the reader's language. Money is counted in fen and never becomes a fraction on the way. */
import { currentLocale } from './locale'

export interface Money {
  minor: number
  currency: string
}

const TIME_ZONE = 'Asia/Shanghai'
const DAY = 86_400_000

/** `39`, `.9`: the parts of a price, one decimal unless two are needed, none for nothing and for whole hundreds and up. */
export function priceParts({ minor }: Money): { sign: string; whole: string; decimals: string } {
  const whole = Math.trunc(Math.abs(minor) / 100)
  const fen = Math.abs(minor) % 100
  const digits = fen % 10 ? String(fen).padStart(2, '0') : String(fen / 10)
  const decimals = fen === 0 && (whole === 0 || whole >= 100) ? '' : `.${digits}`
  return { sign: minor < 0 ? '−' : '', whole: number(whole), decimals }
}

export function money(value: Money): string {
  const { sign, whole, decimals } = priceParts(value)
  return `${sign}¥${whole}${decimals}`
}

export function number(value: number): string {
  return new Intl.NumberFormat(currentLocale()).format(value)
}

/** 36000 as 3.6 万 or 36K. */
export function count(value: number): string {
  if (value < 10_000) return number(value)
  const shown = new Intl.NumberFormat(currentLocale(), { notation: 'compact', maximumFractionDigits: 1 }).format(value)
  return shown.replace(/(\d)([^\d.,\s])/, '$1\u202f$2')
}

export function percent(fraction: number, digits = 0): string {
  return new Intl.NumberFormat(currentLocale(), { style: 'percent', maximumFractionDigits: digits }).format(fraction)
}

export function clock(at: string | Date): string {
  return format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

export function day(at: string | Date): string {
  const sameYear = format(at, { year: 'numeric' }) === format(new Date(), { year: 'numeric' })
  return format(at, { ...(sameYear ? {} : { year: 'numeric' as const }), month: currentLocale() === 'en' ? 'short' : 'long', day: 'numeric' })
}

/** 周三, Wed: the day of the week in few letters. */
export function weekday(at: string | Date): string {
  return format(at, { weekday: currentLocale() === 'en' ? 'short' : 'narrow' })
}

export function dayAndClock(at: string | Date): string {
  return `${nearDay(at)} ${clock(at)}`
}

/** Today, yesterday, tomorrow by name; other days by date. */
export function nearDay(at: string | Date, now: Date = new Date()): string {
  return capital(nearDayInSentence(at, now))
}

/** The same for the middle of a sentence. */
export function nearDayInSentence(at: string | Date, now: Date = new Date()): string {
  const distance = Math.round((midnight(new Date(at)) - midnight(now)) / DAY)
  if (Math.abs(distance) > 1) return day(at)
  return new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto' }).format(distance, 'day')
}

/** `3 minutes ago` within a week, the date after that. */
export function ago(at: string | Date, now: Date = new Date()): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000
  const units: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60]]
  const relative = new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto', style: 'narrow' })
  if (Math.abs(seconds) > 7 * 86_400) return day(at)
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit)
  }
  return relative.format(0, 'second')
}

export function countdownParts(milliseconds: number): { hours: string; minutes: string; seconds: string } {
  const left = Math.max(0, Math.floor(milliseconds / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  return { hours: two(Math.floor(left / 3600)), minutes: two(Math.floor(left / 60) % 60), seconds: two(left % 60) }
}

function format(at: string | Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(currentLocale(), { timeZone: TIME_ZONE, ...options }).format(new Date(at))
}

function midnight(at: Date): number {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE }).format(at)
  return Date.parse(`${parts}T00:00:00Z`)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
