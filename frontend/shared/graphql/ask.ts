/** `useAsk` shows the answer of one query: what is known at once, the fresh answer when it comes, or what went wrong. */
import { computed, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type Ref } from 'vue'
import { useQuery, type CombinedError } from '@urql/vue'
import type { TadaDocumentNode } from 'gql.tada'
import { currentLocale } from '@/shared/i18n/locale'
import { isSignedIn } from '@/shared/session/viewer'
import { codesOf } from './client'

export interface Ask<Data> {
  data: Ref<Data | undefined>
  /** Nothing to show yet: draw the skeleton. */
  isLoading: ComputedRef<boolean>
  /** Why there is nothing to show: OFFLINE, NOT_FOUND, SIGN_IN_REQUIRED, … */
  problem: ComputedRef<string | null>
  error: Ref<CombinedError | undefined>
  again: () => void
}

interface Options {
  pause?: MaybeRefOrGetter<boolean>
  /** Do not open the sign-in sheet when nobody is signed in. */
  quiet?: boolean
}

export function useAsk<Data, Variables extends object>(
  document: TadaDocumentNode<Data, Variables>,
  variables?: MaybeRefOrGetter<Variables>,
  options: Options = {},
): Ask<Data> {
  const query = useQuery<Data, never>({
    query: document as never,
    variables: (() => toValue(variables) ?? {}) as never,
    pause: () => toValue(options.pause) ?? false,
    context: { quiet: options.quiet === true } as never,
  })
  const isPaused = () => toValue(options.pause) ?? false
  const again = () => void query.executeQuery({ requestPolicy: 'network-only', ...({ quiet: options.quiet === true } as object) })
  // Somebody else reads now, or in another language: what was answered before is not for them.
  watch([isSignedIn, currentLocale], () => !isPaused() && again())
  return {
    data: query.data as Ref<Data | undefined>,
    isLoading: computed(() => !isPaused() && query.data.value === undefined && !query.error.value),
    problem: computed(() => (query.error.value && !query.data.value ? codesOf(query.error.value)[0] || 'OFFLINE' : null)),
    error: query.error,
    again,
  }
}
