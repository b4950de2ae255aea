/** Where one can go in the console of growth, in rooms, and the keys of each place. */
import { t } from '@/shared/i18n'
import type { Key, Place } from '@/features/staff/composables/places'
import type { IconName } from '@/shared/ui/icons'

export const ROLES = ['growth', 'support', 'senior_moderator', 'admin']
const SHOP = ['growth', 'support', 'admin']
const GROWTH = ['growth', 'admin']
const SERVICE = ['support', 'admin']
// A senior moderator decides disputes between a buyer and the shop.
const DESK = ['support', 'senior_moderator', 'admin']

type Spot = readonly [name: string, to: string, icon: IconName, roles: readonly string[]]
const ROOMS: readonly (readonly [room: string, icon: IconName, spots: readonly Spot[]])[] = [
  ['overview', 'gauge', [['cockpit', '/', 'gauge', GROWTH]]],
  ['marketing', 'megaphone', [
    ['campaigns', '/campaigns', 'megaphone', GROWTH], ['coupons', '/coupons', 'gift', GROWTH], ['flash', '/flash', 'bolt', GROWTH], ['channels', '/channels', 'link', GROWTH],
  ]],
  ['people', 'person-plus', [
    ['members', '/members', 'star', GROWTH], ['creators', '/creators', 'heart', GROWTH], ['payouts', '/payouts', 'refund', GROWTH], ['fraud', '/fraud', 'shield', GROWTH],
  ]],
  ['goods', 'book', [
    ['products', '/products', 'book', GROWTH], ['search', '/search', 'search', GROWTH], ['stock', '/stock', 'box', GROWTH], ['reviews', '/reviews', 'comment', SHOP],
  ]],
  ['trade', 'truck', [
    ['orders', '/orders', 'truck', SHOP], ['payments', '/payments', 'wallet', SHOP], ['aftersales', '/aftersales', 'refund', DESK], ['care', '/care', 'shield', SHOP],
  ]],
  ['service', 'service', [['help', '/help', 'service', SERVICE], ['quality', '/quality/improvements', 'chart', ROLES]]],
]

/** Only the places that somebody of these roles may enter. */
export function placesOf(roles: readonly string[]): Place[] {
  return ROOMS.flatMap(([room, icon, spots]) =>
    spots
      .filter(([, , , who]) => who.some((role) => roles.includes(role)))
      .map(([name, to, own]) => ({ name, to, label: t(`growth.place.${name}`), icon: own, room: { name: room, label: t(`growth.room.${room}`), icon } })),
  )
}

const STEP = (): Key => ({ keys: ['J', 'K'], label: t('growth.key.step') })
const SAVE = (): Key => ({ keys: ['mod+S'], label: t('common.save') })
const KEYS: readonly (readonly [path: RegExp, keys: () => Key[]])[] = [
  [/^\/$|\/cockpit$/, () => [{ keys: ['1', '2', '3', '4'], label: t('growth.key.chart') }, { keys: ['P'], label: t('growth.act.pause') }]],
  [/^\/orders/, () => [
    STEP(), { keys: ['P'], label: t('growth.key.pack') }, { keys: ['B'], label: t('growth.key.batch') }, { keys: ['L'], label: t('growth.key.slip') }, { keys: ['mod+K'], label: t('growth.key.find') },
  ]],
  [/^\/products$/, () => [{ keys: ['/'], label: t('merchandising.key.find') }, { keys: ['N'], label: t('merchandising.list.make') }]],
  [/^\/products\/review\//, () => [{ keys: ['A'], label: t('merchandising.key.approve') }, { keys: ['R'], label: t('merchandising.key.refuse') }]],
  [/^\/products\/(review|reports|returns|shelves|exchange)$/, () => []],
  [/^\/products\//, () => [SAVE(), { keys: ['mod+Enter'], label: t('merchandising.key.submit') }]],
  [/^\/aftersales(?!\/(knowledge|report)$)/, () => [STEP()]],
  [/^\/coupons$/, () => [{ keys: ['N'], label: t('growth.coupon.make') }]],
  [/^\/channels$/, () => [{ keys: ['N'], label: t('channels.make') }]],
  [/^\/campaigns$/, () => [{ keys: ['N'], label: t('growth.list.make') }]],
  [/^\/campaigns\//, () => [
    SAVE(), { keys: ['N'], label: t('growth.key.new') }, { keys: ['alt+ArrowUp', 'alt+ArrowDown'], label: t('growth.key.order') }, { keys: ['V'], label: t('growth.key.view') },
    { keys: ['mod+Enter'], label: t('growth.key.next') },
  ]],
]

/** The keys that work at this path. */
export function keysAt(path: string): Key[] {
  return KEYS.find(([where]) => where.test(path))?.[1]() ?? []
}
