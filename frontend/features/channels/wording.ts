/** Kinds, states and days of channels. */
import type { Numbers } from './api/channels'

export const KINDS = ['SEARCH', 'SOCIAL', 'CONTENT', 'PARTNER', 'ADVERTISING', 'MESSAGE', 'EVENT', 'STORE', 'OTHER'] as const
export const TARGETS = ['HOME', 'PRODUCT', 'CATEGORY', 'GROUPS', 'COUPONS'] as const
export const KIND_ICONS = { SEARCH: 'search', SOCIAL: 'heart', CONTENT: 'edit', PARTNER: 'person-plus', ADVERTISING: 'megaphone', MESSAGE: 'send', EVENT: 'flag', STORE: 'home', OTHER: 'link' } as const
export const STATE_LOOKS = { OPEN: 'c-chip--good', PLANNED: 'c-chip--info', ENDED: 'c-chip--line', CLOSED: 'c-chip--line' } as const
export const SPANS = [7, 30, 90] as const

/** The day of trade so many days ago, as `2026-11-22`. */
export function dayAgo(days: number, now: Date = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(now.getTime() - days * 86_400_000))
}

export const COLUMNS = ['visits', 'visitors', 'signUps', 'orders', 'paid', 'refunded', 'cost', 'costPerVisit', 'costPerSignUp', 'costPerOrder', 'returnOnCost'] as const
export type Column = (typeof COLUMNS)[number]

/** What a column sorts by; what has no figure comes last. */
export function weightOf(numbers: Numbers | null, column: Column): number {
  const value = numbers?.[column] ?? null
  if (value === null) return -1
  return typeof value === 'number' ? value : value.minor
}
