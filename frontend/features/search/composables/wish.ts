/** What is searched for and how it is narrowed down stands in the address, so that the way back and sharing keep it. */
import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'

export const SORTS = ['RELEVANCE', 'SALES', 'RATING', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC'] as const
export type Sort = (typeof SORTS)[number]
export const LONGEST = 200

export interface Filter {
  categories?: string[]
  brands?: string[]
  attributes?: string[]
  priceMin?: number
  priceMax?: number
  ratingMin?: number
  soldMin?: number
  inStock?: boolean
  hasGroup?: boolean
}
export interface SearchWish {
  words: ComputedRef<string>
  sort: ComputedRef<Sort>
  isExact: ComputedRef<boolean>
  filter: ComputedRef<Filter>
  chosen: ComputedRef<number>
  search: (words: string, isExact?: boolean) => void
  order: (sort: Sort) => void
  narrow: (filter: Filter) => void
}

const LISTS = { categories: 'c', brands: 'b', attributes: 'a' } as const
const NUMBERS = { priceMin: 'min', priceMax: 'max', ratingMin: 'r', soldMin: 'n' } as const
const FLAGS = { inStock: 'stock', hasGroup: 'group' } as const

export function filterOf(query: LocationQuery): Filter {
  const filter: Filter = {}
  for (const [name, key] of Object.entries(LISTS)) {
    const text = query[key]
    if (typeof text === 'string' && text) filter[name as keyof typeof LISTS] = text.split(',').slice(0, 20)
  }
  for (const [name, key] of Object.entries(NUMBERS)) {
    const value = typeof query[key] === 'string' && query[key] ? Number(query[key]) : NaN
    if (Number.isFinite(value) && value >= 0) filter[name as keyof typeof NUMBERS] = value
  }
  for (const [name, key] of Object.entries(FLAGS)) if (query[key] === '1') filter[name as keyof typeof FLAGS] = true
  return filter
}

export function queryOf(filter: Filter): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, key] of Object.entries(LISTS)) {
    const values = filter[name as keyof typeof LISTS]
    if (values?.length) query[key] = values.join(',')
  }
  for (const [name, key] of Object.entries(NUMBERS)) {
    const value = filter[name as keyof typeof NUMBERS]
    if (value !== undefined) query[key] = String(value)
  }
  for (const [name, key] of Object.entries(FLAGS)) if (filter[name as keyof typeof FLAGS]) query[key] = '1'
  return query
}

export function useWish(): SearchWish {
  const route = useRoute()
  const router = useRouter()
  const words = computed(() => (typeof route.query['q'] === 'string' ? route.query['q'].trim().slice(0, LONGEST) : ''))
  const sort = computed(() => SORTS.find((each) => each === route.query['s']) ?? 'RELEVANCE')
  const isExact = computed(() => route.query['x'] === '1')
  const filter = computed(() => filterOf(route.query))
  const go = (query: Record<string, string>) => void router.replace({ path: '/search', query })
  const base = () => ({ q: words.value, ...(isExact.value ? { x: '1' } : {}) })
  return {
    words,
    sort,
    isExact,
    filter,
    chosen: computed(() => Object.keys(queryOf(filter.value)).length),
    search: (text, exactly = false) => go(text.trim() ? { q: text.trim().slice(0, LONGEST), ...(exactly ? { x: '1' } : {}) } : {}),
    order: (wanted) => go({ ...base(), ...queryOf(filter.value), ...(wanted === 'RELEVANCE' ? {} : { s: wanted }) }),
    narrow: (wanted) => go({ ...base(), ...queryOf(wanted), ...(sort.value === 'RELEVANCE' ? {} : { s: sort.value }) }),
  }
}
