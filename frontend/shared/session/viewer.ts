/** Whether somebody is signed in. The shell says so in the page; signing in and out changes it. */
import { ref } from 'vue'
import { reopenSocket } from '@/shared/graphql/live'

export const isSignedIn = ref(document.documentElement.dataset['signedIn'] === 'true')

/** Call after a sign-in or sign-out has succeeded. */
export function becomeSignedIn(is: boolean): void {
  isSignedIn.value = is
  reopenSocket()
}
