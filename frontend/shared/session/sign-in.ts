/** Anything may ask for a sign-in; the face decides how it looks (a sheet in the shop, a page in the consoles). */
import { ref } from 'vue'
import { carry } from './arrival'

export interface SignInWish {
  /** Where to go on afterwards. */
  then?: () => void
}

export const signInWish = ref<SignInWish | null>(null)

export function askToSignIn(wish: SignInWish = {}): void {
  signInWish.value ??= wish
}

export function signInDone(): void {
  const wish = signInWish.value
  signInWish.value = null
  carry()
  wish?.then?.()
}

export function signInGivenUp(): void {
  signInWish.value = null
}
