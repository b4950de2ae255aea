/** `usePages` reads a connection page by page, for feeds that grow as one scrolls. */
import { computed, ref, shallowRef, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type Ref } from 'vue'
import { useClientHandle } from '@urql/vue'
import type { TadaDocumentNode } from 'gql.tada'
import { isSignedIn } from '@/shared/session/viewer'
import { codesOf } from './client'

export interface Connection<Node> {
  edges: readonly ({ node: Node | null } | null)[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/** What stands on the pages of a connection. */
export type NodeOf<Connected extends Pick<Connection<unknown>, 'edges'>> = NonNullable<NonNullable<Connected['edges'][number]>['node']>

export interface Pages<Node> {
  items: Ref<Node[]>
  isLoading: ComputedRef<boolean>
  isEmpty: ComputedRef<boolean>
  hasMore: Ref<boolean>
  problem: Ref<string | null>
  more: () => Promise<void>
  again: () => Promise<void>
}

export function usePages<Data, Variables extends object, Node>(
  document: TadaDocumentNode<Data, Variables>,
  variables: MaybeRefOrGetter<Omit<Variables, 'after'>>,
  pick: (data: Data) => Connection<Node> | null | undefined,
  options: { pause?: MaybeRefOrGetter<boolean> } = {},
): Pages<Node> {
  const { client } = useClientHandle()
  const items = shallowRef<Node[]>([])
  const hasMore = ref(false)
  const problem = ref<string | null>(null)
  const isAsking = ref(false)
  const wasAsked = ref(false)
  let after: string | null = null
  let turn = 0

  async function read(isFirst: boolean, isFresh: boolean): Promise<void> {
    const mine = (turn += 1)
    isAsking.value = true
    const asked = { ...toValue(variables), ...(isFirst ? {} : { after }) }
    const policy = isFresh ? 'network-only' : 'cache-first'
    const { data, error } = await client.query(document, asked as never, { requestPolicy: policy }).toPromise()
    if (mine !== turn) return
    isAsking.value = false
    wasAsked.value = true
    const connection = data ? pick(data) : null
    problem.value = connection ? null : error ? codesOf(error)[0] || 'OFFLINE' : null
    if (!connection) return
    const nodes = connection.edges.flatMap((edge) => (edge?.node ? [edge.node] : []))
    items.value = isFirst ? nodes : [...items.value, ...nodes]
    hasMore.value = connection.pageInfo.hasNextPage
    after = connection.pageInfo.endCursor
  }

  const isPaused = () => toValue(options.pause) ?? false
  watch(
    () => (isPaused() ? null : `${isSignedIn.value} ${JSON.stringify(toValue(variables))}`),
    (asked) => {
      if (asked === null) return
      items.value = []
      wasAsked.value = false
      void read(true, false)
    },
    { immediate: true },
  )
  return {
    items,
    hasMore,
    problem,
    isLoading: computed(() => !isPaused() && !wasAsked.value),
    isEmpty: computed(() => wasAsked.value && !problem.value && items.value.length === 0),
    more: async () => {
      if (hasMore.value && !isAsking.value) await read(false, true)
    },
    again: () => read(true, true),
  }
}
