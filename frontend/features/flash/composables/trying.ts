/** Trying for a piece, waiting for one, being reminded: what a tap does, with the refusal beside it. */
import { computed, ref, type ComputedRef } from 'vue'
import { useRouter } from 'vue-router'
import { useAct, useAsk, type Refusal } from '@/shared/graphql'
import { t } from '@/shared/i18n'
import { askToSignIn } from '@/shared/session/sign-in'
import { isSignedIn } from '@/shared/session/viewer'
import { toast } from '@/shared/ui/toast'
import { JoinFlashLineMutation, LeaveFlashLineMutation, MyFlashQuery, RemindOfFlashMutation, TakeFlashTokenMutation, type FlashItemRow, type FlashSaleRow, type MyFlashRow } from '../api/flash'
import type { Way } from '../rules'

export interface Trying {
  mineOf: (saleId: string) => MyFlashRow | null
  go: (way: Way, sale: FlashSaleRow, item: FlashItemRow) => Promise<void>
  busy: ComputedRef<string | null>
  refusal: ComputedRef<Refusal | null>
  refusedAt: ComputedRef<string | null>
  again: () => void
}

export function useTrying(sales: () => readonly FlashSaleRow[], refresh: () => void): Trying {
  const router = useRouter()
  const mine = useAsk(MyFlashQuery, () => ({ saleIds: sales().map((sale) => sale.id) }), { quiet: true, pause: () => !isSignedIn.value || !sales().length })
  const take = useAct(TakeFlashTokenMutation)
  const join = useAct(JoinFlashLineMutation)
  const leave = useAct(LeaveFlashLineMutation)
  const remind = useAct(RemindOfFlashMutation)
  const acts = [take, join, leave, remind]
  const at = ref<string | null>(null)
  const again = () => { if (isSignedIn.value && sales().length) void mine.again() }

  async function buy(sale: FlashSaleRow, item: FlashItemRow): Promise<void> {
    const taken = await take.run({ input: { saleId: sale.id, variantId: item.variantId } })
    if (!taken?.token) return
    await router.push({ path: '/checkout/single', query: { variant: item.variantId, quantity: '1', product: item.product?.id ?? '', slug: item.product?.slug ?? '', flash: taken.token } })
  }
  async function go(way: Way, sale: FlashSaleRow, item: FlashItemRow): Promise<void> {
    if (way === 'look') return void router.push(`/p/${item.product?.slug ?? ''}`)
    if (way === 'order') return void router.push(`/orders/${mineOf(sale.id)?.orderId ?? ''}`)
    if (!isSignedIn.value) return askToSignIn()
    acts.forEach((act) => act.clear())
    at.value = item.id
    const input = { saleId: sale.id, variantId: item.variantId }
    if (way === 'buy') await buy(sale, item)
    if (way === 'wait' && (await join.run({ input }))) toast(t('flash.done.waits'))
    if (way === 'waiting' && (await leave.run({ input }))) toast(t('flash.done.left'))
    if ((way === 'remind' || way === 'reminded') && (await remind.run({ input: { saleId: sale.id, isWanted: way === 'remind' } }))) toast(t(way === 'remind' ? 'flash.done.reminded' : 'flash.done.forgotten'))
    refresh()
    again()
  }
  const mineOf = (saleId: string) => mine.data.value?.myFlash.find((row) => row.saleId === saleId) ?? null
  return {
    mineOf,
    go,
    again,
    busy: computed(() => (acts.some((act) => act.isRunning.value) ? at.value : null)),
    refusal: computed(() => acts.map((act) => act.refusal.value).find(Boolean) ?? null),
    refusedAt: computed(() => (acts.some((act) => act.refusal.value) ? at.value : null)),
  }
}
