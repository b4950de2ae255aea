/** The person at the console, and whether this console is theirs. */
import { computed, watch } from 'vue'
import { useAsk } from '@/shared/graphql'
import { signInWish, signInGivenUp } from '@/shared/session/sign-in'
import { becomeSignedIn, isSignedIn } from '@/shared/session/viewer'
import { csrfToken } from '@/shared/lib/cookies'
import { StaffQuery } from '../api/staff'

export function useStaff(roles: () => readonly string[]) {
  const { data, isLoading, problem, again } = useAsk(StaffQuery, {}, { pause: () => !isSignedIn.value })
  const person = computed(() => (isSignedIn.value ? (data.value?.viewer ?? null) : null))
  const mayEnter = computed(() => person.value?.roles.some((role) => roles().includes(role)) ?? false)
  // The session ended while somebody worked: the door opens again.
  watch(signInWish, (wish) => {
    if (!wish) return
    signInGivenUp()
    becomeSignedIn(false)
  })
  return { person, mayEnter, isLoading, problem, again }
}

/** Sign out and come back to the door. */
export async function leave(): Promise<void> {
  try {
    await fetch('/_allauth/browser/v1/auth/session', { method: 'DELETE', credentials: 'same-origin', headers: { 'X-CSRFToken': csrfToken() } })
  } finally {
    // Nothing of this person may stay in the page.
    location.assign(location.pathname)
  }
}
