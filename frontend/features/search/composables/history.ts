/** What one searched for: with the account for who is signed in and wants it, else on this device. */
import { computed, ref, type ComputedRef } from 'vue'
import { useAct, useAsk } from '@/shared/graphql'
import { isSignedIn } from '@/shared/session/viewer'
import { ForgetSearchesMutation, MySearchesQuery, NoteSearchMutation } from '../api/search'
import { forgetSearches, recentSearches, rememberSearch } from './recent'

export interface SearchHistory {
  words: ComputedRef<readonly string[]>
  note: (words: string) => Promise<void>
  clear: () => Promise<void>
}

export function useHistory(): SearchHistory {
  const device = ref(recentSearches())
  const account = ref<readonly string[] | null>(null)
  const { data } = useAsk(MySearchesQuery, {}, { pause: () => !isSignedIn.value, quiet: true })
  const noting = useAct(NoteSearchMutation)
  const forgetting = useAct(ForgetSearchesMutation)
  const words = computed(() => (isSignedIn.value ? (account.value ?? data.value?.mySearches ?? []) : device.value))

  async function note(text: string): Promise<void> {
    if (!isSignedIn.value) device.value = rememberSearch(text)
    const answer = await noting.run({ input: { words: text } })
    if (isSignedIn.value && answer?.history) account.value = answer.history
  }
  async function clear(): Promise<void> {
    forgetSearches()
    device.value = []
    if (!isSignedIn.value) return
    account.value = []
    await forgetting.run({ input: {} })
  }
  return { words, note, clear }
}
