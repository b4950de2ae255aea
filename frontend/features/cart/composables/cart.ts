/** The cart of the page: what the server said last, and every way to change it. */
import { computed, ref, shallowRef, watch } from 'vue'
import { useAct, useAsk, type Refusal } from '@/shared/graphql'
import { isSignedIn } from '@/shared/session/viewer'
import {
  CartQuery, ChangeCartLineMutation, MergeCartMutation, MoveToFavouritesMutation, RemoveCartLinesMutation, SelectCartLinesMutation,
  UndoCartRemovalMutation, type CartDetail, type CartLine,
} from '../api/cart'
import { tellOtherTabs, useOtherTabs } from './tabs'

export function useCart(options: { pause?: () => boolean } = {}) {
  const asked = useAsk(CartQuery, {}, { quiet: true, ...options })
  const change = useAct(ChangeCartLineMutation)
  const select = useAct(SelectCartLinesMutation)
  const remove = useAct(RemoveCartLinesMutation)
  const undo = useAct(UndoCartRemovalMutation)
  const merge = useAct(MergeCartMutation)
  const move = useAct(MoveToFavouritesMutation)
  const acts = [change, select, remove, undo, merge, move]
  const cart = shallowRef<CartDetail | null>(null)
  const busyLine = ref<string | null>(null)
  const wasMerged = ref(false)

  watch(asked.data, (data) => data && (cart.value = data.cart), { immediate: true })
  watch(
    () => isSignedIn.value && cart.value?.hasGuestLines,
    async (waits) => {
      if (waits) wasMerged.value = !!(await take(merge.run({ input: {} })))
    },
    { immediate: true },
  )
  useOtherTabs(asked.again)

  /** Show what an act answered; after a refusal look at what is true now. */
  async function take(act: Promise<{ cart: CartDetail | null } | null>): Promise<boolean> {
    const done = await act
    if (done?.cart) {
      cart.value = done.cart
      tellOtherTabs()
    } else asked.again()
    return !!done?.cart
  }
  async function changeLine(line: CartLine, wanted: { quantity?: number; isSelected?: boolean }): Promise<void> {
    clear()
    busyLine.value = line.id
    await take(change.run({ input: { lineId: line.id, version: line.version, ...wanted } }))
    busyLine.value = null
  }
  const clear = () => acts.forEach((act) => act.clear())
  return {
    ...asked,
    cart,
    busyLine,
    wasMerged,
    changeLine,
    selectAll: (isSelected: boolean) => take(select.run({ input: { isSelected } })),
    remove: (lines: readonly CartLine[] | null) => take(remove.run({ input: lines ? { lineIds: lines.map((line) => line.id) } : {} })),
    undo: () => take(undo.run({ input: {} })),
    moveToFavourites: (line: CartLine) => take(move.run({ input: { lineId: line.id } })),
    isRunning: computed(() => acts.some((act) => act.isRunning.value)),
    refusal: computed<Refusal | null>(() => acts.map((act) => act.refusal.value).find(Boolean) ?? null),
    clear,
  }
}
