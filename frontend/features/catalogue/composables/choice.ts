/** Which variant of a product is chosen, option by option. */
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { ProductDetail } from '../api/product'

export type ProductVariant = ProductDetail['variants'][number]
type Values = Record<string, string>

export interface VariantChoice {
  chosen: Ref<Values>
  variant: ComputedRef<ProductVariant | undefined>
  /** The variant that one gets by choosing this value and leaving the rest as it is. */
  variantWith: (option: string, value: string) => ProductVariant | undefined
  choose: (option: string, value: string) => void
  /** How many: what was wished for, as far as there are so many. */
  quantity: ComputedRef<number>
  take: (quantity: number) => void
}

export function useVariantChoice(product: () => ProductDetail | null | undefined): VariantChoice {
  const chosen = ref<Values>({})
  const wanted = ref(1)
  const variants = computed(() => product()?.variants ?? [])
  const find = (values: Values) =>
    variants.value.find((variant) => {
      const options = variant.options as Values
      return Object.entries(options).every(([option, value]) => values[option] === value)
    })
  const variant = computed(() => find(chosen.value))

  watch(
    () => product()?.id,
    () => {
      const first = variants.value.find((each) => each.available > 0) ?? variants.value[0]
      chosen.value = { ...((first?.options ?? {}) as Values) }
      wanted.value = 1
    },
    { immediate: true },
  )
  const quantity = computed(() => Math.max(1, Math.min(wanted.value, variant.value?.available ?? 1)))
  return {
    chosen,
    variant,
    quantity,
    take: (many) => void (wanted.value = many),
    variantWith: (option, value) => find({ ...chosen.value, [option]: value }),
    choose: (option, value) => void (chosen.value = { ...chosen.value, [option]: value }),
  }
}
