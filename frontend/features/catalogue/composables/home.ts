/** The front page, whose feed grows from the first page that came with the HTML. */
import { computed, ref, shallowRef, watch } from 'vue'
import { useClientHandle } from '@urql/vue'
import { useAsk } from '@/shared/graphql'
import type { ProductCard } from '@/shared/graphql/parts'
import { HomeMoreQuery, HomePageQuery } from '../api/home'

export function useHome() {
  const { client } = useClientHandle()
  const asked = useAsk(HomePageQuery, {})
  const home = computed(() => asked.data.value?.home ?? null)
  const later = shallowRef<ProductCard[]>([])
  const cursor = ref<string | null>(null)
  const hasMore = ref(false)
  const isAsking = ref(false)
  const products = computed(() => [...(home.value?.products.edges.map((edge) => edge.node) ?? []), ...later.value])

  watch(
    () => home.value?.products.pageInfo,
    (page) => {
      if (!page || later.value.length) return
      cursor.value = page.endCursor
      hasMore.value = page.hasNextPage
    },
    { immediate: true },
  )
  async function more(): Promise<void> {
    if (!hasMore.value || isAsking.value) return
    isAsking.value = true
    const { data } = await client.query(HomeMoreQuery, { after: cursor.value }).toPromise()
    isAsking.value = false
    const page = data?.home.products
    if (!page) return
    later.value = [...later.value, ...page.edges.map((edge) => edge.node)]
    cursor.value = page.pageInfo.endCursor
    hasMore.value = page.pageInfo.hasNextPage
  }
  return { ...asked, home, products, hasMore, more }
}
