/** Numbers with their units, windows in the shop's time. */
import { count, money, number, percent, t, type Money } from '@/shared/i18n'

export const yuan = (minor: number): Money => ({ minor, currency: 'CNY' })
export const STATE_LOOKS: Record<string, string> = { DRAFT: '', SCHEDULED: 'c-chip--info', RUNNING: 'c-chip--good', PAUSED: 'c-chip--warn', ENDED: 'c-chip--line' }
export const KIND_ICONS = { group_price: 'plate', flash_price: 'bolt', invite_reward: 'megaphone', line_promotion: 'plus', full_reduction: 'wallet', gift: 'gift', points_multiplier: 'star', check_in_bonus: 'calendar', commission: 'me', contest: 'trophy' } as const

export function useUnits() {
  return (value: number, unit: string, isShort = false): string => {
    if (unit === 'fen' && value === 0) return '¥0'
    if (unit === 'fen') return isShort && Math.abs(value) >= 1_000_000 ? `¥${count(Math.round(value / 100))}` : money(yuan(value))
    if (unit === 'points') return t('growth.unit.points', { value: number(value) })
    if (unit === 'bps') return percent(value / 10_000, 1)
    if (unit === 'seconds') return t('growth.unit.seconds', { value: number(value) })
    return number(value)
  }
}

/** Campaigns run by the shop's clock, wherever they are edited: `2026-12-18 10:00:00` in Shanghai. */
export function toWall(at: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).formatToParts(new Date(at))
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '00'
  return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}:${of('second')}`
}

export const fromWall = (wall: string): string => new Date(`${wall.replace(' ', 'T')}+08:00`).toISOString()

export function yuanText(minor: number | null): string {
  if (minor === null) return ''
  const fen = minor % 100
  const digits = fen % 10 ? String(fen).padStart(2, '0') : String(fen / 10)
  return `${Math.trunc(minor / 100)}${fen ? `.${digits}` : ''}`
}
