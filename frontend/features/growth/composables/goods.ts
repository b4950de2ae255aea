/** Products by id, asked once and kept. */
import { computed, reactive, watch } from 'vue'
import { useClientHandle } from '@urql/vue'
import type { ResultOf } from '@/shared/graphql'
import { GoodsQuery, type GoodParts } from '../api/goods'

export type Good = ResultOf<typeof GoodParts>
const AT_ONCE = 20
const known = reactive(new Map<string, Good | null>())

export function keepGoods(goods: readonly Good[]): void {
  for (const good of goods) known.set(good.id, good)
}

export function useGoods(ids: () => readonly string[]) {
  const { client } = useClientHandle()
  async function read(missing: string[]): Promise<void> {
    for (let at = 0; at < missing.length; at += AT_ONCE) {
      const wanted = missing.slice(at, at + AT_ONCE)
      const { data } = await client.query(GoodsQuery, { first: AT_ONCE, filter: { ids: wanted } }).toPromise()
      if (!data) return
      keepGoods(data.products.edges.flatMap((edge) => (edge?.node ? [edge.node] : [])))
      // No longer for sale.
      for (const id of wanted) if (!known.has(id)) known.set(id, null)
    }
  }
  watch(() => ids().filter((id) => !known.has(id)), (missing) => missing.length && void read([...missing]), { immediate: true })
  return {
    goods: computed(() => ids().flatMap((id) => known.get(id) ?? [])),
    gone: computed(() => ids().filter((id) => known.get(id) === null)),
    isReading: computed(() => ids().some((id) => !known.has(id))),
  }
}
