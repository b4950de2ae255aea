/** Putting something into the cart. A browser without a name gets one first, so that its cart is found again. */
import { useAct } from '@/shared/graphql'
import { csrfToken } from '@/shared/lib/cookies'
import { forgetKey, keyFor } from '@/shared/lib/keys'
import { isSignedIn } from '@/shared/session/viewer'
import { AddToCartMutation } from '../api/cart'
import { tellOtherTabs } from './tabs'

let isNamed = false

async function nameBrowser(): Promise<void> {
  if (isNamed || isSignedIn.value) return
  const answer = await fetch('/cart/browser', { method: 'POST', headers: { 'X-CSRFToken': csrfToken() } }).catch(() => null)
  isNamed = !!answer?.ok
}

export function usePut() {
  const add = useAct(AddToCartMutation)
  /** Answers how many lie in the cart now, or nothing if it was refused. */
  async function put(variantId: string, quantity: number): Promise<number | null> {
    await nameBrowser()
    const wish = `cart ${variantId} ${quantity}`
    const done = await add.run({ input: { variantId, quantity, idempotencyKey: keyFor(wish) } })
    if (!done) return null
    forgetKey(wish)
    tellOtherTabs()
    return done.quantity ?? 0
  }
  return { put, isRunning: add.isRunning, refusal: add.refusal }
}
