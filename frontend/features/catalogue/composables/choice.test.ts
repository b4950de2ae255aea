import { describe, expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import type { ProductDetail } from '../api/product'
import { useVariantChoice } from './choice'

const variant = (id: string, size: string, colour: string, available: number) => ({ id, options: { size, colour }, available })
const shelf = [variant('a', 's', 'red', 0), variant('b', 's', 'blue', 3), variant('c', 'l', 'red', 9), variant('d', 'l', 'blue', 0)]
const product = { id: 'p', variants: shelf } as unknown as ProductDetail

describe('choosing a variant', () => {
  it('begins with the first that can be had', () => {
    expect(useVariantChoice(() => product).variant.value?.id).toBe('b')
  })

  it('changes one option and keeps the others', () => {
    const choice = useVariantChoice(() => product)
    choice.choose('colour', 'red')
    expect(choice.variant.value?.id).toBe('a')
    expect(choice.variantWith('size', 'l')?.id).toBe('c')
  })

  it('never keeps more pieces than there are', async () => {
    const choice = useVariantChoice(() => product)
    choice.choose('size', 'l')
    choice.choose('colour', 'red')
    choice.take(9)
    choice.choose('size', 's')
    choice.choose('colour', 'blue')
    await nextTick()
    expect(choice.quantity.value).toBe(3)
  })

  it('begins anew when the product is another', async () => {
    const shown = ref<ProductDetail | null>(product)
    const choice = useVariantChoice(() => shown.value)
    choice.take(3)
    shown.value = { id: 'q', variants: [variant('z', 'one', 'one', 1)] } as unknown as ProductDetail
    await nextTick()
    expect(choice.variant.value?.id).toBe('z')
    expect(choice.quantity.value).toBe(1)
  })
})
