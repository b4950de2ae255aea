/** What can be done about one item of a sale, judged by the time of the server. */
import type { FlashItemRow, FlashSaleRow, MyFlashRow } from './api/flash'

export type Way = 'buy' | 'remind' | 'reminded' | 'wait' | 'waiting' | 'order' | 'paused' | 'look'

export function wayOf(sale: FlashSaleRow, item: FlashItemRow, mine: MyFlashRow | null, now: number): Way {
  if (mine?.orderId) return 'order'
  if (sale.state === 'ENDED' || sale.state === 'ABORTED' || now >= Date.parse(sale.endsAt)) return 'look'
  if (sale.isPaused) return 'paused'
  const opens = Date.parse(mine?.opensAt ?? sale.startsAt)
  if (now < opens) return mine?.isReminded ? 'reminded' : 'remind'
  if (mine?.offered.some((each) => each.variantId === item.variantId)) return 'buy'
  if (item.left > 0) return 'buy'
  return mine?.waiting.some((each) => each.variantId === item.variantId) ? 'waiting' : 'wait'
}

/** How much is gone, from 0 to 1: what waits for its payment is gone for now. */
export const goneShare = (item: { whole: number; left: number }): number => (item.whole ? Math.min(1, Math.max(0, 1 - item.left / item.whole)) : 1)

/** The session to show first: one that runs, else the next, else the last. */
export function firstShown(sales: readonly { id: string; state: string }[]): string | null {
  const rank = (state: string) => ['LIVE', 'SOLD_OUT', 'WARMING', 'SCHEDULED'].indexOf(state)
  const open = sales.filter((sale) => rank(sale.state) >= 0).sort((one, two) => rank(one.state) - rank(two.state))
  return open[0]?.id ?? sales.at(-1)?.id ?? null
}
